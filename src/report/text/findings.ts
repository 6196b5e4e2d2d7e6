import { milliseconds } from '../words/numbers.js';
import { articleHeading, articleLine } from '../../judgement/reproduction/published.js';
import { counted, number, outOf } from '../../numbers.js';
import { missedText } from '../words/answered.js';
import { isFirstOfItsName, phaseLabel } from '../words/phase-label.js';
import { changedServers } from '../words/changed-servers.js';
import { proxyText } from '../words/proxy.js';
import { transportText } from '../words/transport.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { FLAVORS, traitsOf } from '../../scenario/flavors.js';
import { wrap } from '../words/wrap.js';

/** Lines in the format of the article, for a comparison by eye or by a script. */
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

/** A phase without answers gets its own line: "no duplicates" would claim too much. */
function answeredLine(phase: string, figures: CaseResult['phases'][number]['firstAttempt']): string {
  return figures.responses === 0 ? `No answers with a lease for ${phase}.` : articleLine(phase, figures);
}

/**
 * The heading for a recorded case. It names no DHCP server program, as a recording does not tell which program it is.
 */
function recordedHeading({ name, servers }: CaseResult): string {
  return `# ${name}, ${counted(servers, 'server', 'servers')}`;
}

/** The known failures, and for each case why its figures differ from the published ones, or else its refusals. */
export function explanationSentences({
  cases,
  checks,
  source,
  commits,
}: Pick<Result, 'cases' | 'checks' | 'source' | 'commits'>): string[] {
  const isCompared = cases.some(({ published }) => published !== null);
  return [
    ...(commits !== undefined && isCompared
      ? ['each node wrote a binary log, of which the article says nothing (cluster.commitHistory)']
      : []),
    ...checks.flatMap(knownSentence),
    ...togetherByReason(cases.flatMap((one) => caseExplanations(one, source === null))),
  ];
}

/** Why a check passes although it found violations: the known cause. */
function knownSentence(check: Result['checks'][number]): string[] {
  const { known, name, case: caseName, actual } = check;
  return known === undefined ? [] : [`known: ${`${caseName} ${name}`.trim()}, ${actual}: ${known.text}`];
}

/** Why the figures of a phase differ from the published ones, or how many it refused. */
interface Explanation {
  /** Such as `dhcp4 REQUEST-ACK`. */
  place: string;
  reason: string;
}

function caseExplanations(one: CaseResult, isOwn: boolean): Explanation[] {
  // One message can lease an address and a prefix. Its first row explains the refusal for both.
  return one.phases.filter(isFirstOfItsName).flatMap((phase) => {
    const compared = one.published?.phases.find((other) => other.phase === phase.name);
    const reasons = compared?.reasons ?? refusalSentence(phase, isOwn);
    return reasons.map((reason) => ({ place: `${one.name} ${phase.name}`, reason }));
  });
}

/** A sentence for each reason, with all places of which it is true. */
function togetherByReason(found: readonly Explanation[]): string[] {
  const places = new Map<string, string[]>();
  for (const { place, reason } of found) places.set(reason, [...(places.get(reason) ?? []), place]);
  return [...places].map(([reason, its]) => `${its.join(', ')}: ${reason}`);
}

export function explanations(result: Result, columns: number): string[] {
  return explanationSentences(result).flatMap((one) => wrap(one, columns - 2, 2, '- '));
}

/**
 * The refusals of first attempts, by reason.
 *
 * @param isOwn whether a run of this program sent the requests. Its clients start a new attempt after a refusal; a
 *   recorded client may go on within its attempt
 */
function refusalSentence({ refusals }: CaseResult['phases'][number], isOwn: boolean): string[] {
  if (refusals.clients === 0) return [];
  const reasons = refusals.reasons.filter((one) => one.firstAttempt > 0);
  const named = reasons.map(({ reason, firstAttempt }) => `${reason} ${number(firstAttempt)}`).join(', ');
  const later = refusals.clientsServedLater;
  const isTold = later !== null && (isOwn || later > 0);
  return [
    `${counted(refusals.clients, 'client was', 'clients were')} refused at first (${named})` +
      (isTold ? `; ${outOf(later, refusals.clients)} got a lease in a later attempt` : ''),
  ];
}

/** What the source does not tell, and how it was read. */
export function sourceLines({ source }: Result, columns: number): string[] {
  if (source === null) return [];
  return [...source.notes, ...source.untold].flatMap((one) => wrap(one, columns - 2, 2, '- '));
}

/**
 * Such as `dhcp4  DISCOVER-OFFER 1.2 / 3.4 / 5.6 / 9.1, 2 unanswered · REQUEST-ACK … · starts late 0.2 / 1.1 / 1.3 /
 * 4.0`.
 */
export function latencyLines({ cases }: Result, columns: number): string[] {
  return cases.flatMap((one) => {
    const phases = one.phases
      .filter(isFirstOfItsName)
      .flatMap((phase) =>
        phase.latencyMs === null
          ? []
          : [
              [`${phase.name} ${percentilesText(phase.latencyMs)}`, missedText(phase)]
                .filter(Boolean)
                .join(', '),
            ],
      );
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
  return [p50, p99, p999, max].map((value) => milliseconds(value)).join(' / ');
}

/** Such as `Kea 2.6.3 (iterative, 4 threads) on galera 11.8.6 (wsrep 26.4.23); Node 20.20.2; 2 CPUs; seed 7`. */
export function environmentLine({ environment, scenario, source, transport }: Result): string {
  if (environment === null) return `judged from ${source?.files.join(', ') ?? 'a capture or log'}`;
  const sent = transportText({ transport });
  const datagrams = sent === undefined ? [] : [`datagrams by ${sent}`];
  return `${[systemLine(environment), ...changedServers({ scenario }), ...datagrams].join('; ')}; seed ${scenario.seed ?? 'unknown'}`;
}

/** The part of the environment that stays the same between runs on one machine. */
export function systemLine(environment: NonNullable<Result['environment']>): string {
  const { kea, database, node, cpus } = environment;
  const through = proxyText({ environment });
  const wsrep = database.wsrepProvider === '' ? '' : ` (wsrep ${database.wsrepProvider})`;
  const apart = isShared(database.flavor) ? '' : ' (a database for each node, which share nothing)';
  return [
    `Kea ${keaText(kea).join(' ')} on ${database.flavor} ${database.version}${wsrep}${apart}`,
    ...(through === undefined ? [] : [through]),
    `Node ${node}`,
    `${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`,
  ].join('; ');
}

/** A result of another version may name a flavor that this one does not know. */
function isShared(name: string): boolean {
  const flavor = FLAVORS.find((one) => one === name);
  return flavor === undefined || traitsOf(flavor).sharesLeases;
}

/** The version of Kea, and its allocator and threads. A server that can't be asked has unknown version. */
export function keaText({
  version,
  allocator,
  threads,
}: NonNullable<Result['environment']>['kea']): string[] {
  if (version === '') return ['of unknown version'];
  const workers = threads === 0 ? 'single-threaded' : `${threads} threads`;
  return [version, `(${[allocator, workers].filter((word) => word !== '').join(', ')})`];
}
