import { z } from 'zod';
import { HarnessError } from '../../errors.js';
import { caseSchema } from '../case.js';
import { entryOf, scopeOf, SCOPES, type FigureEntry, type Scope } from './figure.js';
import { innerOf } from './mapped.js';

/**
 * The registry of figures: every figure that the schema of a case has, under the name that checks use.
 * `docs/figures.md` defines what each figure counts.
 */

export interface Figure extends FigureEntry {
  readonly name: string;
  readonly of: 'case' | 'phase';
  /** The dotted path of the figure in a case or phase; one path for each scope where there are two. */
  readonly at: string | Readonly<Record<Scope, string>>;
  readonly description: string;
}

export const FIGURES: readonly Figure[] = collected([
  ...figuresOf('case', caseSchema.omit({ phases: true })),
  ...figuresOf('phase', caseSchema.shape.phases.element),
]);

/** The figure with this name or alias. */
export function figureNamed(name: string): Figure | undefined {
  return FIGURES.find((figure) => figure.name === name || figure.alias === name);
}

export function hasScopes(figure: Figure): figure is Figure & { at: Readonly<Record<Scope, string>> } {
  return typeof figure.at !== 'string';
}

/**
 * The value of a figure in a case or a phase, of a judgement or of a file; null where it is not known, or where an
 * earlier version did not write it.
 */
export function valueOf({ at }: Figure, place: object, scope: Scope = 'firstAttempt'): number | null {
  return numberAt(place, typeof at === 'string' ? at : at[scope]);
}

/** The number at a dotted path; null if there is none. */
export function numberAt(place: object | null, path: string): number | null {
  let value: unknown = place;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return typeof value === 'number' ? value : null;
}

interface Found extends Omit<Figure, 'at'> {
  path: string;
  scope: Scope | undefined;
}

export function figuresOf(of: Figure['of'], schema: z.core.$ZodType): Found[] {
  return [...found(of, schema, { path: [], name: [], scope: undefined })];
}

interface Place {
  path: readonly string[];
  name: readonly string[];
  scope: Scope | undefined;
}

function* found(of: Figure['of'], schema: z.core.$ZodType, at: Place): Generator<Found> {
  const entry = entryOf(schema);
  if (entry !== undefined) {
    const description = z.globalRegistry.get(schema)?.description ?? '';
    const name = entry.name ?? at.name.join('.');
    yield { ...entry, name, of, description, path: at.path.join('.'), scope: at.scope };
    return;
  }
  const scoped = scopeOf(schema);
  const inside =
    scoped === undefined
      ? at
      : { path: at.path, scope: scoped.scope, name: scoped.name === '' ? [] : [scoped.name] };
  const inner = innerOf(schema);
  if (inner !== undefined) yield* found(of, inner, inside);
  if (!(schema instanceof z.ZodObject)) return;
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  for (const [key, own] of Object.entries(shape)) {
    yield* found(of, own, { ...inside, path: [...inside.path, key], name: [...inside.name, key] });
  }
}

/**
 * Makes one figure of the two scopes of a figure.
 *
 * @throws HarnessError INTERNAL for a name or alias that is defined twice, or for a scope that is missing
 */
export function collected(all: readonly Found[]): Figure[] {
  const figures = new Map<string, Figure & { at: string | Record<Scope, string> }>();
  for (const { path, scope, ...figure } of all) {
    const before = figures.get(figure.name);
    if (before === undefined) {
      figures.set(figure.name, {
        ...figure,
        at: scope === undefined ? path : ({ [scope]: path } as Record<Scope, string>),
      });
    } else if (scope === undefined || typeof before.at === 'string' || scope in before.at) {
      throw new HarnessError('INTERNAL', `the figure ${figure.name} is defined twice`);
    } else {
      before.at[scope] = path;
    }
  }
  const list = [...figures.values()];
  const names = list.flatMap(({ name, alias = name }) => (alias === name ? [name] : [name, alias]));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new HarnessError('INTERNAL', `two figures are named ${twice}`);
  const halved = list.find(({ at }) => typeof at !== 'string' && SCOPES.some((scope) => !(scope in at)));
  if (halved !== undefined) throw new HarnessError('INTERNAL', `the figure ${halved.name} lacks a scope`);
  return list;
}
