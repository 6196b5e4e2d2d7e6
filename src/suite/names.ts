const NAMED = 8;

interface Named {
  name: string;
}

/** The names of runs, the first ones where there are many: `a, b and 12 more`. */
export function namesText(runs: readonly Named[]): string {
  return nameParts(runs)
    .map((part) => (typeof part === 'string' ? part : part.name))
    .join('');
}

/** The same in parts, so that a page can make each name a link. */
export function nameParts(runs: readonly Named[]): (string | Named)[] {
  const more = runs.length - NAMED;
  const named = runs.slice(0, NAMED).flatMap((one, index) => (index === 0 ? [one] : [', ', one]));
  return [...named, ...(more > 0 ? [` and ${more} more`] : [])];
}
