import { HarnessError } from '../errors.js';
import { descriptionAt, isMapping, parsePath, schemaAt, settablePaths } from '../scenario/language/paths.js';
import type { JsonSchema } from './json-schema.js';

/**
 * The schema of pairs of path and value, as `quick:` of a scenario and `set:` of a suite hold them. With it an editor
 * completes the paths, and checks each value by the schema of its key.
 *
 * @param scenario the schema of a scenario, which has the schema of each value
 * @param at the JSON pointer to the schema of a scenario in the final document: `#` if it is the document itself
 */
export function settingsSchema(scenario: JsonSchema, at: string): JsonSchema {
  const all = settablePaths().map((path) => [path, valueSchema(path, scenario, at)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(all.filter(([path]) => !isGeneric(path))),
    patternProperties: Object.fromEntries(
      all.filter(([path]) => isGeneric(path)).map(([path, schema]) => [patternOf(path), schema]),
    ),
    additionalProperties: false,
  };
}

const isGeneric = (path: string) => /(^|\.)(N|NAME)(\.|$)/.test(path);

function patternOf(path: string): string {
  const segments = path.split('.').map((one) => (one === 'N' ? '\\d+' : one === 'NAME' ? '[^.]+' : one));
  return `^${segments.join('\\.')}$`;
}

function valueSchema(path: string, scenario: JsonSchema, at: string): JsonSchema {
  const place = parsePath(path.replace(/(^|\.)N(?=\.|$)/g, '$10').replace(/(^|\.)NAME(?=\.|$)/g, '$1x'));
  const description = descriptionAt(place);
  const value: JsonSchema = isMapping(schemaAt(place))
    ? // A partial mapping is valid: it changes only the keys that it names.
      { type: 'object' }
    : { $ref: at + pointerTo(scenario, path.split('.')) };
  return { ...(description === undefined ? {} : { description }), anyOf: [value, { type: 'null' }] };
}

/** The JSON pointer from a scenario's schema to the schema of a settable path. */
function pointerTo(schema: JsonSchema, [segment, ...rest]: readonly string[]): string {
  if (segment === undefined) return '';
  for (const [step, child] of stepsTo(schema, segment)) {
    if (child !== undefined) return step + pointerTo(child, rest);
  }
  throw new HarnessError('INTERNAL', `the schema of a scenario has no ${segment}`);
}

function stepsTo(schema: JsonSchema, segment: string): [string, JsonSchema | undefined][] {
  const { properties = {}, items, prefixItems = [], additionalProperties } = schema;
  const alternatives = (schema.anyOf ?? []).flatMap((one, index) =>
    stepsTo(one, segment).map(([step, child]): [string, JsonSchema | undefined] => [
      `/anyOf/${index}${step}`,
      child,
    ]),
  );
  return [
    [`/properties/${segment}`, properties[segment]],
    ['/items', items],
    ['/prefixItems/0', prefixItems[0]],
    ['/additionalProperties', typeof additionalProperties === 'object' ? additionalProperties : undefined],
    ...alternatives,
  ];
}
