const NAMED = 8;

/** The names of runs, the first ones where there are many: `a, b and 12 more`. */
export function namesText(runs: readonly { name: string }[]): string {
  const more = runs.length - NAMED;
  const named = runs.slice(0, NAMED).map(({ name }) => name);
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
