import { z } from 'zod';
import type { Phase } from '../../protocol/phases.js';
import type { Untold } from './untold.js';

/**
 * What a figure is. Each figure is one field of the schema of a result. Its entry there says everything about it:
 * unit, meaning, and where it is used. Checks, comparison, history, reports and the reference read it from there.
 */

/** The scopes of figures: the first attempt of each client, or all attempts. */
export const SCOPES = ['firstAttempt', 'allAttempts'] as const;
export type Scope = (typeof SCOPES)[number];

export type FigureUnit = 'count' | 'percent' | 'ms' | 'ratio';

/**
 * The figures that percentages refer to, and where they are. Requests are those of the same phase and scope. The
 * others are figures of the case.
 */
export const WHOLES = {
  requests: 'requests',
  clients: 'clients',
  renewals: 'renewals.judged',
} as const;
export type Whole = keyof typeof WHOLES;

/** The entry of a figure. Its meaning is the description of its schema, and its place is where the schema stands. */
export interface FigureEntry {
  readonly unit: FigureUnit;
  /** The name in a check, after case and phase. By default it is the path of the field. */
  readonly name?: string;
  /** A shorter name of the same figure. */
  readonly alias?: string;
  /** What a percentage in a check refers to. */
  readonly percentOf?: Whole;
  /**
   * Another figure, by its path. If it is 0, there was nothing to find, and a 0 of the figure itself says nothing.
   */
  readonly needs?: string;
  /** The keys of a scenario without any of which no run has the figure. */
  readonly needsKeys?: readonly ('faults' | 'randomFaults')[];
  /** The figure is null unless each server is pinned to its node. */
  readonly needsPinned?: boolean;
  /**
   * Marks a figure that counts violations: everywhere, or only in committing phases. However busy the machine is, it
   * is never to blame for them. A comparison has no tolerance for them.
   */
  readonly violation?: 'everywhere' | 'committing';
  /** How the figure is compared with a baseline; absent if it is not compared, or counts violations. */
  readonly compared?: readonly Compared[];
  /** The lines of the history that show the figure; absent if it has none. */
  readonly history?: readonly InHistory[];
  /** The text before the figure in the list of further figures on the terminal, on the page and in Markdown. */
  readonly listed?: string;
  /** Phases in which the figure is not in that list. */
  readonly listedUnlessIn?: readonly string[];
}

/** The phases that an entry is about: the first one, which offers, the committing ones, or the message of each. */
export type PhaseChoice = 'first' | 'committing' | 'message';

/** How a figure is compared with a baseline. */
export interface Compared {
  /** Of a figure of phases: in which ones. */
  readonly in?: PhaseChoice;
  /** Which direction is worse. `either`: every change is worse. */
  readonly worse: 'more' | 'less' | 'either';
  /** What is compared is the figure in percent of this whole. */
  readonly asPercentOf?: Whole;
  /** Present if some scenarios make the figure a matter of chance; it is not compared then. */
  readonly unless?: 'clients give leases back';
  /**
   * The figure is compared only if this other figure, given by its path, is at least so large. A percentage of a few is
   * a matter of chance.
   */
  readonly onlyWith?: { readonly path: string; readonly atLeast: number };
  readonly tolerance: ToleranceEntry;
}

/** One key of a tolerance file: its default and its meaning. */
export type ToleranceEntry = {
  /** The dotted path in a tolerance file. */
  readonly key: string;
  readonly meaning: string;
} & (
  | { /** Percentage points. */ readonly points: number }
  /** In percent of the baseline, or milliseconds if those are more. */
  | { readonly percent: number; readonly ms: number }
);

/** One line of the history. Figures with the same key are added up. */
export interface InHistory {
  /** The name of the field in `trend --json`. */
  readonly key: string;
  readonly meaning: string;
  /** The title of the chart. */
  readonly title: string;
  /** The head of the column in the table of runs, and an explanation of it. */
  readonly head: string;
  readonly hint?: string;
  /** The column for the last run in the overview of all series. Counts are added up, else the highest is shown. */
  readonly overview?: { readonly head: string; readonly title: string };
  /**
   * Of a figure of phases: the first offering phase, the first committing phase, or the sum over the committing or
   * over all phases.
   */
  readonly of?: 'offering' | 'committing' | 'sum of committing' | 'sum of all';
}

const ENTRIES = z.registry<{ entry: FigureEntry }>();
const SCOPED = z.registry<{ scope: Scope; name: string }>();
const UNTOLD = z.registry<{ untold: readonly Untold[] }>();

/** Enters the schema of a field into the registry of figures. */
export function figure<S extends z.ZodType>(schema: S, meaning: string, entry: FigureEntry): S {
  const described = schema.describe(meaning);
  ENTRIES.add(described, { entry });
  return described;
}

type More = Omit<FigureEntry, 'unit'>;

export function count(meaning: string, more: More = {}): z.ZodInt {
  return countOf(whole, meaning, more);
}

/** A count of this schema, such as one that some sources don't tell. */
export function countOf<S extends z.ZodType>(schema: S, meaning: string, more: More = {}): S {
  return figure(schema, meaning, { unit: 'count', ...more });
}

/** A percentage with two decimals in a file. Null if there is nothing to divide by. */
export function percent(meaning: string, more: More = {}): z.ZodNullable<z.ZodNumber> {
  return figure(z.number().min(0).nullable(), meaning, { unit: 'percent', ...more });
}

/** A ratio or a rate with two decimals in a file. */
export function ratio(meaning: string, more: More = {}): z.ZodNullable<z.ZodNumber> {
  return figure(z.number().min(0).nullable(), meaning, { unit: 'ratio', ...more });
}

export function milliseconds(meaning: string, more: More = {}): z.ZodNullable<z.ZodNumber> {
  return figure(z.number().min(0).nullable(), meaning, { unit: 'ms', ...more });
}

/** A count that is no figure: no check can name it. */
export const whole = z.int().min(0);

/** Marks an object whose figures exist for each scope, with the first part of their names. */
export function scoped<S extends z.ZodType>(schema: S, scope: Scope, name = ''): S {
  SCOPED.add(schema, { scope, name });
  return schema;
}

/**
 * The type that a field has in the judgement of a run, where it differs from that in a file. A file can hold what other
 * programs recorded, and what earlier versions wrote. Some of its fields may be null or absent then.
 */
export interface InJudgement<T> {
  readonly [JUDGED]: T;
}
declare const JUDGED: unique symbol;

/** What a judgement holds where a file holds values of this schema. */
export type Judged<S> =
  S extends InJudgement<infer T>
    ? T
    : S extends z.ZodObject<infer Shape>
      ? Flat<
          { [K in keyof Shape as IsOptional<Shape[K]> extends true ? never : K]: Judged<Shape[K]> } & {
            [K in keyof Shape as IsOptional<Shape[K]> extends true ? K : never]?: Judged<Shape[K]>;
          }
        >
      : S extends z.ZodArray<infer Element>
        ? Judged<Element>[]
        : z.output<S>;
type IsOptional<S> = S extends InJudgement<unknown> ? false : undefined extends z.output<S> ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };

/**
 * A field that is null in a file if the source does not tell one of these facts. Describe the field afterwards, so that
 * its JSON Schema has the description once.
 */
export function told<S extends z.ZodType>(
  schema: S,
  ...untold: readonly Untold[]
): z.ZodNullable<S> & InJudgement<Judged<S>> {
  const orNull = schema.nullable();
  UNTOLD.add(orNull, { untold });
  return orNull as z.ZodNullable<S> & InJudgement<Judged<S>>;
}

/** A field that results of earlier versions lack. */
export function later<S extends z.ZodType>(schema: S): z.ZodOptional<S> & InJudgement<Judged<S>> {
  return schema.optional() as z.ZodOptional<S> & InJudgement<Judged<S>>;
}

/** The name of a phase. A file can have that of a later version. */
export const phaseName = z.string() as z.ZodString & InJudgement<Phase>;

/** The entry of a schema, if it is a figure. */
export function entryOf(schema: z.core.$ZodType): FigureEntry | undefined {
  return ENTRIES.get(schema)?.entry;
}

export function scopeOf(schema: z.core.$ZodType): { scope: Scope; name: string } | undefined {
  return SCOPED.get(schema);
}

/** The facts without which the field of this schema is null. */
export function untoldOf(schema: z.core.$ZodType): readonly Untold[] {
  return UNTOLD.get(schema)?.untold ?? [];
}
