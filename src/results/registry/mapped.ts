import { z } from 'zod';
import { entryOf, untoldOf } from './figure.js';
import type { Untold } from './untold.js';

/** What a result holds of a judgement: rounded numbers, and null for what a source does not tell. */

/** Decimals of percentages and ratios in a file. The judgement itself has the exact values. */
const DECIMALS = 2;

const ROUNDED = z.registry<{ decimals: number }>();

/** A number with two decimals in a file that is no figure: no check can name it. */
export function hundredths(schema: z.ZodNumber = z.number().min(0)): z.ZodNumber {
  return schema.register(ROUNDED, { decimals: DECIMALS });
}

/** The value of this schema with its percentages and ratios rounded. This is the only place that rounds figures. */
export function rounded<T>(schema: z.ZodType, value: T): T {
  return mapped(schema, value, (one, own) => {
    const unit = entryOf(own)?.unit;
    const isRounded = ROUNDED.get(own) !== undefined || unit === 'percent' || unit === 'ratio';
    return isRounded && typeof one === 'number' ? Math.round(one * 10 ** DECIMALS) / 10 ** DECIMALS : one;
  }) as T;
}

/** The value of this schema with null for each field that the source does not tell. */
export function asTold<T>(schema: z.ZodType, value: T, untold: readonly Untold[]): T {
  return mapped(schema, value, (one, own) =>
    untoldOf(own).some((what) => untold.includes(what)) ? null : one,
  ) as T;
}

/**
 * Maps a value along its schema, from the outside in. A field that the schema lacks stays as it is.
 *
 * @param change gets each value with each schema of it: the field's own and the ones that it wraps
 */
function mapped(
  schema: z.core.$ZodType,
  value: unknown,
  change: (value: unknown, schema: z.core.$ZodType) => unknown,
): unknown {
  const changed = change(value, schema);
  if (changed === null || changed === undefined) return changed;
  const inner = innerOf(schema);
  if (inner !== undefined) return mapped(inner, changed, change);
  if (schema instanceof z.ZodArray && Array.isArray(changed)) {
    return changed.map((one: unknown) => mapped(schema.element, one, change));
  }
  if (!(schema instanceof z.ZodObject) || typeof changed !== 'object') return changed;
  const shape = schema.shape as Readonly<Record<string, z.core.$ZodType | undefined>>;
  return Object.fromEntries(
    Object.entries(changed).map(([key, one]) => {
      const own = shape[key];
      return [key, own === undefined ? one : mapped(own, one, change)];
    }),
  );
}

/** The schema that an optional, nullable, read-only or default one wraps. */
export function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault
    ? schema.def.innerType
    : undefined;
}
