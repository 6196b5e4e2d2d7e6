import { systemLine } from '../report/text/findings.js';
import { perSecond } from '../report/rates/words.js';
import { counted } from '../numbers.js';
import type { Suite } from '../report/suite-result.js';
import { limitsOf } from './answer.js';
import { countsText, suiteName, type SuiteMember } from './headline.js';

/** What a suite tested, for a reader who sees only its page. */

/** Such as `stress: 10, 50, 100 and 200 a second on each server`. A suite of an older version tells only its name. */
export function describedSuite(suite: Suite): string {
  const name = suiteName(suite);
  return suite.description === undefined ? name : `${name}: ${suite.description}`;
}

/** Such as `8 runs: 6 pass, 2 not held`, with rates, cases and servers of a search. */
export function runsText(suite: Suite): string {
  const limits = limitsOf(suite);
  const [first] = limits;
  if (first === undefined) return countsText(suite);
  const rates = new Set(limits.flatMap(({ trials }) => trials.map(({ ratePerServer }) => ratePerServer)));
  const rising = [...rates].sort((a, b) => a - b).map(perSecond);
  const cases = limits.flatMap((one) => one.cases).join(', ');
  const servers = counted(first.serversPerCase, 'server', 'servers');
  const most = `a rate holds if at most ${first.maxWithoutTimelyAnswerPercent}% of the exchanges got no timely answer`;
  return `${countsText(suite)}; ${rising.join(', ') || 'no rate'} on each of ${servers}, ${first.seconds} s each; ${cases}; ${most}`;
}

/** The versions and machines of the runs, each once. */
export function systemLines(members: readonly SuiteMember[]): string[] {
  const known = members.flatMap(({ result }) => result?.environment ?? []);
  return [...new Set(known.map(systemLine))];
}

const MOST_SYSTEMS = 2;

/** The systems in one line, or how many there are. */
export function systemsText(members: readonly SuiteMember[]): string | undefined {
  const lines = systemLines(members);
  if (lines.length === 0) return undefined;
  return lines.length <= MOST_SYSTEMS ? lines.join(' · ') : `${lines.length} systems, see Environment`;
}
