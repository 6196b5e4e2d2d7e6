import type { JsonSchema } from './json-schema.js';

/**
 * Describes in words what a value must be: `whole number, 1 to 9`, `list of text, at least 1`, `galera, percona or
 * isolated`.
 */
export function valueText(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf.map(valueText));
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return alternatives(schema.enum.map((value) => code(String(value))));
  if (Array.isArray(schema.type))
    return alternatives(schema.type.map((type) => valueText({ ...schema, type })));
  switch (schema.type) {
    case 'integer':
      return `whole number${numberBounds(schema)}`;
    case 'number':
      return `number${numberBounds(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return textOf(schema);
    case 'null':
      return 'null';
    case 'array':
      return listText(schema);
    case 'object':
      return mappingText(schema);
    case undefined:
    default:
      return 'anything';
  }
}

/** Joins the different texts with "or". Equal texts appear once. */
function alternatives(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const last = different.at(-1) ?? '';
  if (different.length < 2) return last;
  const others = different.slice(0, -1).join(', ');
  // The other texts may hold commas, so a comma goes before "or null".
  return last === 'null' ? `${others}, or null` : `${others} or ${last}`;
}

function numberBounds({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  // zod emits the greatest safe integer as the maximum of every integer. It is no bound that a reader needs.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (exclusiveMinimum !== undefined)
    return ` above ${exclusiveMinimum}${most === undefined ? '' : `, up to ${most}`}`;
  if (minimum === undefined) return most === undefined ? '' : `, up to ${most}`;
  return most === undefined ? `, at least ${minimum}` : `, ${minimum} to ${most}`;
}

function textOf({ format, pattern }: JsonSchema): string {
  if (format === 'date-time') return 'time (ISO 8601, UTC)';
  return pattern === undefined ? 'text' : `text, pattern ${code(pattern)}`;
}

function listText({ items, prefixItems, minItems = 0, maxItems }: JsonSchema): string {
  if (prefixItems !== undefined) return `[${prefixItems.map(valueText).join('; ')}]`;
  const entries = items === undefined ? 'anything' : valueText(items);
  const bounds =
    maxItems !== undefined ? `, ${minItems} to ${maxItems}` : minItems > 0 ? `, at least ${minItems}` : '';
  return `list${bounds}: ${entries}`;
}

function mappingText({ properties, additionalProperties }: JsonSchema): string {
  if (properties !== undefined || typeof additionalProperties !== 'object') return 'mapping';
  return `mapping to: ${valueText(additionalProperties)}`;
}

/** A text as Markdown code, also inside a table. */
export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
