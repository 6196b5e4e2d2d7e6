import { articleHeading, articleLine } from '../analysis/published.js';
import { counted } from '../observations/counted.js';
import { isFirstOfItsName, phaseLabel } from './phase-label.js';
import type { CaseResult, Result } from './result.js';
import { wrap } from './wrap.js';

/** The article's own lines, for whoever compares by eye or by script. */
export function articleLines({ cases, source }: Result): string[] {
  return cases.flatMap((one) =>
    one.phases.length === 0
      ? []
      : [
          source === null ? articleHeading(one.name, one.servers) : recordedHeading(one),
          ...one.phases.map((phase) => answeredLine(phaseLabel(one, phase), phase.firstAttempt)),
        ],
  );
}

/** No duplicates among no answers would say more than is known. */
function answeredLine(phase: string, figures: CaseResult['phases'][number]['firstAttempt']): string {
  return figures.responses === 0 ? `No answers with a lease for ${phase}.` : articleLine(phase, figures);
}

/** Nobody knows what program the servers of others run. */
function recordedHeading({ name, servers }: CaseResult): string {
  return `# ${name}, ${counted(servers, 'server', 'servers')}`;
}

/** Why figures differ from the published ones, and refusals that a comparison doesn't already name. */
export function explanationSentences({
  cases,
  checks,
  source,
}: Pick<Result, 'cases' | 'checks' | 'source'>): string[] {
  return [
    ...checks.flatMap(knownSentence),
    ...cases.flatMap((one) => caseExplanations(one, source === null)),
  ];
}

/** Why a check passes that found violations. */
function knownSentence(check: Result['checks'][number]): string[] {
  const { known, name, case: caseName, actual } = check;
  return known === undefined ? [] : [`known: ${`${caseName} ${name}`.trim()}, ${actual}: ${known.text}`];
}

function caseExplanations(one: CaseResult, isOwn: boolean): string[] {
  // Where addresses and prefixes are leased in one message, its refusal explains both.
  return one.phases.filter(isFirstOfItsName).flatMap((phase) => {
    const compared = one.published?.phases.find((other) => other.phase === phase.name);
    const reasons = compared?.reasons ?? refusalSentence(phase, isOwn);
    return reasons.map((reason) => `${one.name} ${phase.name}: ${reason}`);
  });
}

export function explanations(result: Result, columns: number): string[] {
  return explanationSentences(result).flatMap((one) => wrap(one, columns - 2, 2, '- '));
}

/** @param isOwn a client of a run begins a new attempt where it is refused; others may go on within the one they have */
function refusalSentence({ refusals }: CaseResult['phases'][number], isOwn: boolean): string[] {
  if (refusals.clients === 0) return [];
  const reasons = refusals.reasons.filter((one) => one.firstAttempt > 0);
  const named = reasons.map(({ reason, firstAttempt }) => `${reason} ${firstAttempt}`).join(', ');
  const later = refusals.clientsServedLater;
  const isTold = later !== null && (isOwn || later > 0);
  return [
    `${counted(refusals.clients, 'client was', 'clients were')} refused at first (${named})` +
      (isTold ? `; ${later} of ${refusals.clients} got a lease in a later attempt` : ''),
  ];
}

/** What a source of others does not tell, and how it was read. */
export function sourceLines({ source }: Result, columns: number): string[] {
  if (source === null) return [];
  return [...source.notes, ...source.untold].flatMap((one) => wrap(one, columns - 2, 2, '- '));
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
