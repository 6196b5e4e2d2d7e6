/**
 * What a page of this program shows, by its title. The titles tell it for pages of older versions too. A page of one kind never
 * replaces one of another: it is no newer state of the same.
 */
const KINDS = [
  ['a list of runs', /^Runs$/],
  ['a trend', /^(RED )?Trend$/],
  ['a timeline', /^Timeline of exchanges · /],
  ['a check of a cluster', / cluster check$/],
  ['a comparison', / against | of \d+ runs$|: \d+ runs compared$/],
] as const;

export type PageKind = (typeof KINDS)[number][0] | 'the report of a run or a suite';

/** @param title the title of a page of this program, escaped as it stands there */
export function pageKindOf(title: string): PageKind {
  return KINDS.find(([, titles]) => titles.test(title))?.[0] ?? 'the report of a run or a suite';
}
