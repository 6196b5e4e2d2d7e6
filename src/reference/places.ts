import { CASE_KINDS } from '../protocol/cases.js';
import type { JsonSchema } from './json-schema.js';

/** A key that a file may hold, with its path. */
export interface Place {
  /**
   * The keys from the top. `N` stands for an index, `NAME` for a key that the user chooses, `CASE` for the name of a
   * case.
   */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** Whether this key has keys below it. */
  readonly inner: boolean;
}

/**
 * Every key below a schema, in the order of the schema. A mapping precedes its keys. Of alternatives (`anyOf`) the
 * keys of each are listed.
 */
export function placesIn(schema: JsonSchema, path: readonly string[] = []): Place[] {
  return [schema, ...(schema.anyOf ?? [])].flatMap((one) =>
    childrenOf(one).flatMap(({ name, child, required }) => {
      const below = placesIn(child, [...path, name]);
      // An entry of a list or of a mapping (`N`, `NAME`) without a description is left out: its list or mapping
      // describes it.
      const itself = { path: [...path, name], schema: child, required, inner: below.length > 0 };
      return isEntry(name) && child.description === undefined ? below : [itself, ...below];
    }),
  );
}

const isEntry = (name: string) => name === 'N' || name === 'NAME';

interface Child {
  name: string;
  child: JsonSchema;
  required: boolean;
}

function childrenOf(schema: JsonSchema): Child[] {
  const { properties = {}, required = [], items, propertyNames, additionalProperties } = schema;
  const children: Child[] = Object.entries(properties).map(([name, child]) => ({
    name,
    child,
    required: required.includes(name),
  }));
  if (items !== undefined) children.push({ name: 'N', child: items, required: false });
  if (typeof additionalProperties === 'object') {
    const name = areCases(propertyNames?.enum ?? []) ? 'CASE' : 'NAME';
    children.push({ name, child: additionalProperties, required: false });
  }
  return withCasesAsOne(children);
}

/** Replaces the keys of the cases by one key `CASE`, if all cases are there with the same schema. */
function withCasesAsOne(children: readonly Child[]): Child[] {
  const isCase = ({ name }: Child) => CASE_KINDS.some((kind) => kind === name);
  const [first, ...others] = children.filter(isCase);
  if (first === undefined || others.length + 1 < CASE_KINDS.length) return [...children];
  const same = others.every(({ child }) => JSON.stringify(child) === JSON.stringify(first.child));
  if (!same) return [...children];
  return children.flatMap((child) =>
    child === first ? [{ ...first, name: 'CASE' }] : isCase(child) ? [] : [child],
  );
}

function areCases(names: readonly unknown[]): boolean {
  return names.length === CASE_KINDS.length && CASE_KINDS.every((kind) => names.includes(kind));
}
