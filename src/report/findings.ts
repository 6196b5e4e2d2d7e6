import { CHECK_NAMES } from '../analysis/model.js';
import { articleHeading, articleLine } from '../analysis/published.js';
import { isFirstOfItsName, phaseLabel } from './phase-label.js';
import type { CaseResult, Result } from './result.js';
import { clientText, rowsText } from './rows.js';
import type { Style } from '../terminal/style.js';
import { wrap } from './wrap.js';

const WITNESSES_SHOWN = 20;

/** The article's own lines, for whoever compares by eye or by script. */
export function articleLines({ cases }: Result): string[] {
  return cases.flatMap((one) => [
    articleHeading(one.name, one.servers),
    ...one.phases.map((phase) => articleLine(phaseLabel(one, phase), phase.firstAttempt)),
  ]);
}

/** Why figures differ from the published ones, and refusals that a comparison doesn't already name. */
export function explanationSentences({ cases, checks }: Pick<Result, 'cases' | 'checks'>): string[] {
  return [...checks.flatMap(knownSentence), ...cases.flatMap(caseExplanations)];
}

/** Why a check passes that found violations. */
function knownSentence(check: Result['checks'][number]): string[] {
  const { known, name, case: caseName, actual } = check;
  return known === undefined ? [] : [`known: ${`${caseName} ${name}`.trim()}, ${actual}: ${known.text}`];
}

function caseExplanations(one: CaseResult): string[] {
  // Where addresses and prefixes are leased in one message, its refusal explains both.
  return one.phases.filter(isFirstOfItsName).flatMap((phase) => {
    const compared = one.published?.phases.find((other) => other.phase === phase.name);
    const reasons = compared?.reasons ?? refusalSentence(phase);
    return reasons.map((reason) => `${one.name} ${phase.name}: ${reason}`);
  });
}

export function explanations(result: Result, columns: number): string[] {
  return explanationSentences(result).flatMap((one) => wrap(one, columns - 2, 2, '- '));
}

function refusalSentence({ refusals }: CaseResult['phases'][number]): string[] {
  if (refusals.clients === 0) return [];
  const reasons = refusals.reasons.filter((one) => one.firstAttempt > 0);
  const named = reasons.map(({ reason, firstAttempt }) => `${reason} ${firstAttempt}`).join(', ');
  return [
    `${refusals.clients} clients were refused at first (${named})` +
      (refusals.clientsServedLater === null
        ? ''
        : `; ${refusals.clientsServedLater} of them got a lease in a later attempt`),
  ];
}

/** What a source of others does not tell, and how it was read. */
export function sourceLines({ source }: Result, columns: number): string[] {
  if (source === null) return [];
  return [...source.untold, ...source.notes].flatMap((one) => wrap(one, columns - 2, 2, '- '));
}

/** Checks that don't hold, each with what it expects and what was found. */
export function brokenChecks({ checks }: Result, columns: number, style: Style): string[] {
  const rank = (check: Result['checks'][number]) => (check.verdict === 'fail' ? 0 : 1);
  return checks
    .filter((check) => check.verdict !== 'pass')
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((check) => {
      const failed = check.verdict === 'fail';
      const mark = failed ? style.red('failed      ') : style.yellow('inconclusive');
      const [title = [], ...details] = checkSentences(check).map((sentence) => wrap(sentence, columns, 14));
      return [mark + (title[0]?.slice(12) ?? ''), ...title.slice(1), ...details.flat()];
    });
}

/** A check that the scenario states has patterns in its name, so the case and phase it fell on are said apart. */
export function checkSentences({
  name,
  case: caseName,
  phase,
  expected,
  actual,
}: Result['checks'][number]): string[] {
  const place = [caseName, phase].filter((part) => part !== '').join(' ');
  const found = `expected ${expected}; found ${actual}`;
  if (CHECK_NAMES.some((one) => one === name)) return [`${name} ${place}`.trimEnd(), found];
  return [name, place === '' ? found : `${place}: ${found}`];
}

/** The first of them on screen; the run directory has them all. */
export function witnessLines({ cases }: Result, columns: number): string[] {
  const all = cases.flatMap((one) => one.witnesses.map((witness) => ({ ...witness, case: one.name })));
  const omitted = cases.reduce((sum, one) => sum + one.witnessesOmitted, 0);
  const lines = all.slice(0, WITNESSES_SHOWN).flatMap((witness) => {
    const holders = witness.holders
      .map(({ client, identity, server, fromUs, untilUs }) =>
        `${clientText(client, identity)} by ${server} ${span(fromUs, untilUs)}`.trimEnd(),
      )
      .join('; ');
    const rows = witness.rows === undefined ? '' : `; ${rowsText(witness.rows, witness.holders)}`;
    return wrap(`${witness.case} ${witnessTitle(witness)}: ${holders}${rows}`, columns, 2, '- ');
  });
  const more = all.length - Math.min(all.length, WITNESSES_SHOWN) + omitted;
  return more === 0 ? lines : [...lines, `  and ${more} more`];
}

/** What one lease of a witness has to do with the other. */
const BETWEEN: Partial<Record<CaseResult['witnesses'][number]['kind'], string>> = {
  overlapping: 'inside',
  'extra-answer': 'after another answer with',
  'not-kept': 'replaced by',
};

/** `held-concurrently 192.0.2.7`, `overlapping ADDRESS inside PREFIX`, `unanswered REQUEST-ACK` */
export function witnessTitle({ kind, lease, otherLease, phase }: CaseResult['witnesses'][number]): string {
  if (lease === '') return `${kind} ${phase ?? ''}`.trimEnd();
  if (otherLease === null) return `${kind} ${lease}`;
  return `${kind} ${lease} ${BETWEEN[kind] ?? 'and'} ${otherLease}`;
}

/** `0.260–4000.249 s`; nothing where no time is known. */
export function span(fromUs: number | null, untilUs: number | null): string {
  if (fromUs === null) return '';
  const seconds = (us: number) => (us / 1e6).toFixed(3);
  if (untilUs === fromUs) return `at ${seconds(fromUs)} s`;
  return untilUs === null ? `from ${seconds(fromUs)} s on` : `${seconds(fromUs)}–${seconds(untilUs)} s`;
}

/** `dhcp4  DISCOVER-OFFER 1.2 / 3.4 / 5.6 / 9.1, 2 timeouts · REQUEST-ACK … · starts late 0.2 / 1.1 / 1.3 / 4.0` */
export function latencyLines({ cases }: Result, columns: number): string[] {
  return cases.flatMap((one) => {
    const phases = one.phases.filter(isFirstOfItsName).flatMap(({ name, latencyMs }) => {
      if (latencyMs === null) return [];
      const { timeouts } = latencyMs;
      const lost = timeouts === 0 ? '' : `, ${timeouts} ${timeouts === 1 ? 'timeout' : 'timeouts'}`;
      return [`${name} ${percentilesText(latencyMs)}${lost}`];
    });
    if (phases.length === 0) return [];
    const lateness = one.schedule?.latenessMs;
    const late = lateness === undefined ? [] : [`starts late ${percentilesText(lateness)}`];
    return wrap(
      [...phases, ...late].join(' · '),
      columns,
      13,
      one.name.padEnd(12) + (one.name.length < 12 ? '' : ' '),
    );
  });
}

type Percentiles = Pick<
  NonNullable<CaseResult['phases'][number]['latencyMs']>,
  'p50' | 'p99' | 'p999' | 'max'
>;

function percentilesText({ p50, p99, p999 = null, max }: Percentiles): string {
  return [p50, p99, p999, max].map((value) => (value === null ? '–' : value.toFixed(1))).join(' / ');
}

/** `Kea 2.6.3 (iterative, 4 threads) on galera 11.8.6 (wsrep 26.4.23); Node 20.20.2; 2 CPUs; seed 7` */
export function environmentLine({ environment, scenario, source }: Result): string {
  if (environment === null) return `judged from ${source?.files.join(', ') ?? 'what others recorded'}`;
  return `${systemLine(environment)}; seed ${scenario.seed ?? 'unknown'}`;
}

/** What stays the same from run to run on one machine. */
export function systemLine({ kea, database, node, cpus }: NonNullable<Result['environment']>): string {
  const wsrep = database.wsrepProvider === '' ? '' : ` (wsrep ${database.wsrepProvider})`;
  return [
    `Kea ${keaText(kea).join(' ')} on ${database.flavor} ${database.version}${wsrep}`,
    `Node ${node}`,
    `${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`,
  ].join('; ');
}

/** The version, and how it allocates; of servers that can't be asked, neither is known. */
export function keaText({
  version,
  allocator,
  threads,
}: NonNullable<Result['environment']>['kea']): string[] {
  if (version === '') return ['of unknown version'];
  const workers = threads === 0 ? 'single-threaded' : `${threads} threads`;
  return [version, `(${[allocator, workers].filter((word) => word !== '').join(', ')})`];
}
