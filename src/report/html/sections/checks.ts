import type { Result } from '../../../results/result.js';
import { isSourceWhole } from '../../../results/source-whole.js';
import type { PageInput } from '../input.js';
import { breakable, html, type Markup } from '../markup.js';
import { plural } from '../../words/numbers.js';
import { table } from '../table.js';
import { underChecks } from '../witnesses/under-check.js';
import { countedText } from '../../words/checks/reason.js';
import { saidOnce } from '../../words/said-once.js';
import { overCases } from './over-cases.js';
import { causesNote } from './reproduction.js';
import type { Section } from './section.js';
import { SIGNS } from './verdict.js';

type Check = Result['checks'][number];

const RANK: Record<Check['verdict'], number> = { fail: 0, inconclusive: 1, pass: 2 };

/** The checks that do not hold, with the first witnesses of each. Absent if all hold. */
export function brokenChecks(input: PageInput): Section | undefined {
  const { result } = input;
  const { checks } = result;
  const broken = checks.filter(({ verdict }) => verdict !== 'pass');
  if (broken.length === 0) return undefined;
  const { rows, said } = saidOnce(broken);
  return {
    id: 'broken',
    title: 'Failed and inconclusive checks',
    content: [
      html`<p>${countsText(result)}</p>`,
      checksTable('Failed and inconclusive checks', rows),
      causesNote(said),
      underChecks(input),
    ],
  };
}

/** Such as `3 checks failed, 1 can't tell`. Of a negative control it says that this is what it is for. */
function countsText(result: Result): string {
  const numberOf = (verdict: Check['verdict']) =>
    result.checks.filter((check) => check.verdict === verdict).length;
  const [failed, open] = [numberOf('fail'), numberOf('inconclusive')];
  const counts = [
    ...(failed === 0 ? [] : [`${plural(failed, 'check')} failed`]),
    ...(open === 0 ? [] : [`${plural(open, 'check')} can't tell`]),
  ].join(', ');
  return result.expectedVerdict === 'fail'
    ? `${counts}. This scenario is a negative control: it breaks the rules on purpose, to show that the harness finds it. So its checks must fail${isSourceWhole(result) ? '' : ', but parts of this run are missing'}.`
    : `${counts}.`;
}

/** Every check, including those that hold. */
export function allChecks({ checks }: Result): Section {
  return {
    id: 'checks',
    title: 'Every check',
    content: html`<details>
      <summary>${plural(checks.length, 'check')}, with what each expects and what was found</summary>
      ${checksTable('Every check', checks)}
    </details>`,
  };
}

/** A count that is the same in several cases is not the count of all of them. */
function foundText({ name, case: cases, actual }: Pick<Check, 'name' | 'case' | 'actual'>): string {
  const text = countedText({ name, actual });
  if (text === undefined) return actual;
  return cases.includes(', ') ? `in each case ${text}` : text;
}

export function checksTable(label: string, checks: readonly Check[]): Markup {
  const columns = [
    ...['verdict', 'check'].map((head) => ({ head })),
    ...['case', 'phase', 'expected', 'found'].map((head) => ({ head, wraps: true })),
  ];
  const rows = overCases(checks)
    .sort((a, b) => RANK[a.verdict] - RANK[b.verdict])
    .map(({ verdict, name, case: caseName, phase, expected, actual, known }) => [
      html`<span class="${verdict}">${SIGNS[verdict]} ${verdict}</span>`,
      html`<code>${breakable(name)}</code>`,
      caseName,
      phase,
      expected,
      [
        foundText({ name, case: caseName, actual }),
        ...(known === undefined ? [] : [`known: ${known.text}`]),
      ].join('; '),
    ]);
  return table({ label, columns, rows });
}
