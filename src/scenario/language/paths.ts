import { z } from 'zod';
import { nearest } from './nearest.js';
import { scenarioSchema } from '../schema.js';

/** The place of a value in a scenario: keys, and the indexes of lists as numbers. */
export type Path = readonly (string | number)[];

export type Schema = z.core.$ZodType;

/** Placeholders in {@link settablePaths}: for the index of a list entry, and for a key that the user chooses. */
const INDEX = 'N';
const NAME = 'NAME';

/** Such as `servers.0.node`. A key that is no plain word is quoted, and shortened. */
export function showPath(path: Path): string {
  return path.map((segment) => showSegment(String(segment))).join('.');
}

function showSegment(segment: string): string {
  if (/^[\w-]{1,40}$/.test(segment)) return segment;
  return JSON.stringify(segment.length > 40 ? `${segment.slice(0, 39)}…` : segment);
}

/** Splits a text such as `servers.0.node` into keys and indexes. */
export function parsePath(text: string): Path {
  return text.split('.').map((segment) => (/^(0|[1-9]\d{0,5})$/.test(segment) ? Number(segment) : segment));
}

/** The schema behind `.optional()`, `.default()` and the like. */
export function bare(schema: Schema): Schema {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  )
    inner = inner.def.innerType;
  return inner;
}

/** The schema of the value under `segment`, or undefined where there can be none. */
export function childSchema(schema: Schema, segment: string | number): Schema | undefined {
  const parent = bare(schema);
  if (parent instanceof z.ZodObject) {
    const shape: Record<string, Schema> = parent.shape;
    return Object.hasOwn(shape, segment) ? shape[segment] : undefined;
  }
  if (parent instanceof z.ZodRecord)
    return z.safeParse(parent.keyType, String(segment)).success ? parent.valueType : undefined;
  if (parent instanceof z.ZodArray) return typeof segment === 'number' ? parent.element : undefined;
  if (parent instanceof z.ZodTuple)
    return typeof segment === 'number' ? parent.def.items[segment] : undefined;
  return undefined;
}

/** The schema at a path, or undefined where the path names nothing. `root` is the scenario's schema by default. */
export function schemaAt(path: Path, root: Schema = scenarioSchema): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const segment of path) schema = schema && childSchema(schema, segment);
  return schema;
}

/** Whether the schema has keys: it is a mapping with known keys, or a record. */
export function isMapping(schema: Schema | undefined): boolean {
  const inner = schema && bare(schema);
  return inner instanceof z.ZodObject || inner instanceof z.ZodRecord;
}

/** Whether the schema is a list, of any or of a fixed length. */
export function isList(schema: Schema | undefined): boolean {
  const inner = schema && bare(schema);
  return inner instanceof z.ZodArray || inner instanceof z.ZodTuple;
}

/** The schema's description of the value at a path. */
export function descriptionAt(path: Path, root: Schema = scenarioSchema): string | undefined {
  let schema = schemaAt(path, root);
  while (schema !== undefined) {
    const description = z.globalRegistry.get(schema)?.description;
    if (description !== undefined) return description;
    const inner: unknown = 'innerType' in schema._zod.def ? schema._zod.def.innerType : undefined;
    schema = inner instanceof z.ZodType ? inner : undefined;
  }
  return undefined;
}

/**
 * Every path that `--set` and `quick:` take, in the schema's order. A mapping or list comes before its parts. `N`
 * stands for an index, and `NAME` for a key that the user chooses: `servers.N.node`, `cluster.settings.NAME`.
 */
export function settablePaths(root: Schema = scenarioSchema): string[] {
  return below(root, []).filter((path) => path !== 'quick' && !path.startsWith('quick.'));
}

/** The values that a path takes, where they are few: the words of an enumeration, or true and false. Else none. */
export function valuesAt(path: string): readonly string[] {
  const schema = schemaAt(parsePath(path));
  const inner = schema && bare(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  return inner instanceof z.ZodBoolean ? ['true', 'false'] : [];
}

function below(schema: Schema, path: readonly string[]): string[] {
  return childNames(schema).flatMap((name) => {
    const child = childSchema(schema, name === INDEX ? 0 : name);
    const childPath = [...path, name];
    return child === undefined ? [] : [childPath.join('.'), ...below(child, childPath)];
  });
}

function childNames(schema: Schema): readonly string[] {
  const parent = bare(schema);
  if (parent instanceof z.ZodObject) return Object.keys(parent.shape);
  if (parent instanceof z.ZodArray || parent instanceof z.ZodTuple) return [INDEX];
  if (!(parent instanceof z.ZodRecord)) return [];
  return parent.keyType instanceof z.ZodEnum ? parent.keyType.options.map(String) : [NAME];
}

/** The keys of a mapping; empty where it takes any key. */
export function keysAt(path: Path, root: Schema = scenarioSchema): readonly string[] {
  const schema = schemaAt(path, root);
  return schema === undefined ? [] : childNames(schema).filter((name) => name !== NAME && name !== INDEX);
}

/**
 * The path that was probably meant by a path that names nothing. It is the key beside it with a similar name, else
 * the same key elsewhere, else the path that is most similar as a whole.
 */
export function nearestPath(wrong: Path, root: Schema = scenarioSchema): string | undefined {
  const parent = wrong.slice(0, -1);
  const key = String(wrong.at(-1) ?? '');
  const sibling = nearest(key, isMapping(schemaAt(parent, root)) ? keysAt(parent, root) : []);
  if (sibling !== undefined) return showPath([...parent, sibling]);

  const numbers = wrong.filter((segment) => typeof segment === 'number');
  const generic = wrong.map((segment) => (typeof segment === 'number' ? INDEX : segment)).join('.');
  const candidates = settablePaths(root);
  const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  const elsewhere = nearest(
    key,
    candidates.map(lastOf).filter((name) => name !== NAME && name !== INDEX),
  );
  const sameKey = candidates.filter((path) => lastOf(path) === elsewhere);
  // The keys beside it are not similar. What they share with it, the path of their mapping, makes them no more so.
  const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const listOf = (path: string) => path.replace(/(\.N)+$/, '');
  const others = isMapping(schemaAt(parent, root))
    ? candidates.filter((path) => ![path, parentOf(path), parentOf(listOf(path))].includes(parentOf(generic)))
    : candidates;
  const meant = nearest(generic, sameKey) ?? nearest(generic, others) ?? sameKey[0];
  return meant
    ?.split('.')
    .map((segment) => (segment === INDEX ? String(numbers.shift() ?? 0) : segment))
    .join('.');
}
