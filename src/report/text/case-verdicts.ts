import type { Style } from '../../terminal/style.js';
import { countedText } from '../words/checks/reason.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { wrap } from '../words/wrap.js';

const WORDS: Readonly<Record<Result['verdict'], string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: "can't tell",
};

/**
 * The verdict of each case, such as `dhcp4: pass · dhcp6-ia-na: can't tell (0 of 3 answered)`. So an inconclusive
 * case hides no other. Empty for a single case, for a run of this program whose cases all have the same verdict, and
 * for results of earlier versions.
 */
export function caseVerdictLines(result: Result, columns: number, style: Style): string[] {
  const { cases, source } = result;
  const isAlike = source === null && new Set(cases.map(({ verdict }) => verdict)).size === 1;
  if (cases.length < 2 || isAlike || cases.some(({ verdict }) => verdict === undefined)) return [];
  const paint = cases.some(({ verdict }) => verdict === 'fail') ? style.red : (text: string) => text;
  const reasons = reasonsIn(result);
  return wrap(cases.map((one) => caseVerdict(one, reasons)).join(' · '), columns).map(paint);
}

type Check = Result['checks'][number];

/** The first check of each verdict, and the first check of each verdict and case. */
function reasonsIn({ checks }: Result): ReadonlyMap<string, Check> {
  const first = new Map<string, Check>();
  for (const check of checks) {
    const { verdict, case: name } = check;
    for (const key of [verdict, `${verdict} ${name}`]) if (!first.has(key)) first.set(key, check);
  }
  return first;
}

function caseVerdict(
  { name, verdict = 'inconclusive' }: CaseResult,
  reasons: ReadonlyMap<string, Check>,
): string {
  // An incomplete source has one check for the whole run. That check is the reason for every case.
  const first = reasons.get(`${verdict} ${name}`) ?? reasons.get(verdict);
  const why = verdict === 'pass' || first === undefined ? '' : ` (${shortened(first)})`;
  return `${name}: ${WORDS[verdict]}${why}`;
}

/** A short reason: what a failed check counts, or the finding without the percentage in brackets at its end. */
function shortened(check: Check): string {
  if (check.verdict === 'fail') return countedText(check) ?? `${check.name}: ${check.actual}`;
  return check.actual.replace(/ \([\d.]+%\)$/, '');
}
