import { html } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { bars } from './bars.js';
import type { Over, SideBySideRuns } from './model.js';
import { curves } from './over-a-number.js';

const TITLES: Readonly<Record<Over, (suite: string) => string>> = {
  rate: () => 'Over the rate',
  number: (suite) => `Over the numbers of ${suite}`,
  name: () => 'Compared',
};

/** The pictures of a suite: curves where its runs have a rate or a number, else bars. */
export function pictures(runs: SideBySideRuns): Section {
  return {
    id: 'pictures',
    title: TITLES[runs.over](runs.suite),
    content: html`${runs.over === 'name' ? bars(runs) : curves(runs)}`,
  };
}
