/**
 * None, one or several objects. Nearly always there is one, which then has no array around it: that saves memory, as
 * there are hundreds of thousands of them.
 */
export type Few<T extends object> = undefined | T | readonly T[];

const NONE: readonly never[] = [];

function isSeveral<T extends object>(few: T | readonly T[]): few is readonly T[] {
  return Array.isArray(few);
}

export function allOf<T extends object>(few: Few<T>): readonly T[] {
  if (few === undefined) return NONE;
  return isSeveral(few) ? few : [few];
}

export function countOf<T extends object>(few: Few<T>): number {
  if (few === undefined) return 0;
  return isSeveral(few) ? few.length : 1;
}

export function findOf<T extends object>(few: Few<T>, is: (one: T) => boolean): T | undefined {
  if (few === undefined) return undefined;
  if (isSeveral(few)) return few.find(is);
  return is(few) ? few : undefined;
}

export function added<T extends object>(few: Few<T>, one: T): Few<T> {
  return few === undefined ? one : [...allOf(few), one];
}
