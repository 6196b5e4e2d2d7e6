import { z } from 'zod';

/** A string that a document of a schema may hold. */
export interface StringPlace {
  /** Keys from the top, joined by dots: `N` stands for an index, `NAME` for a key of a mapping. */
  path: string;
  /** Undefined if any text is allowed. */
  values: ReadonlySet<string> | 'time' | undefined;
}

export interface Places {
  strings: StringPlace[];
  /** Mappings. Their keys are data, not names of fields. */
  mappings: ReadonlySet<string>;
  /** The names of fields. */
  keys: ReadonlySet<string>;
}

interface Node {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  prefixItems?: Node[];
  anyOf?: Node[];
  $ref?: string;
}

/** Every string that a schema allows. Paths begin with `at`. A recursive schema is not followed. */
export function placesOf(schema: z.ZodType, at: readonly string[] = []): Places {
  const strings: StringPlace[] = [];
  const mappings = new Set<string>();
  const keys = new Set<string>();
  const visit = (node: Node, path: readonly string[]): void => {
    const place = path.join('.');
    const types = [node.type ?? []].flat();
    const closed = node.enum ?? (node.const === undefined ? undefined : [node.const]);
    const words = closed?.filter((one) => typeof one === 'string');
    if (words !== undefined && words.length > 0) strings.push({ path: place, values: new Set(words) });
    else if (types.includes('string') && closed === undefined)
      strings.push({ path: place, values: node.format === 'date-time' ? 'time' : undefined });
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      keys.add(key);
      visit(child, [...path, key]);
    }
    if (typeof node.additionalProperties === 'object') {
      mappings.add(place);
      visit(node.additionalProperties, [...path, 'NAME']);
    }
    for (const child of [node.items ?? [], node.prefixItems ?? []].flat()) visit(child, [...path, 'N']);
    for (const child of node.anyOf ?? []) visit(child, path);
  };
  visit(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Node, at);
  return { strings, mappings, keys };
}
