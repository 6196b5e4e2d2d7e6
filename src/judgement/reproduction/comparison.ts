import { counted, number, outOf, percentOf, shown } from '../../numbers.js';
import { serversOf, type Scenario } from '../../scenario/schema.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { ComparisonWord, PhaseComparison, PublishedComparison } from '../../results/published.js';
import type { PhaseJudgement } from '../../results/phase.js';
import {
  articleLine,
  publishedRow,
  PUBLISHED_SERVERS,
  PUBLISHED_SOURCE,
  type PublishedPhase,
} from './published.js';
import { isWithin, rangeText, type PercentRange } from '../holdings/ranges.js';
import { withoutLeaseShares } from './without-lease.js';

type Stated = NonNullable<Scenario['published']>;

/** The ranges within which the scenario counts the figures of a case as reproduced. */
export function toleranceOf({ tolerance }: Stated, caseName: string): Tolerance {
  return Object.entries(tolerance).find(([name]) => name === caseName)?.[1] ?? {};
}

export interface Tolerance {
  duplicatePercent?: PercentRange | undefined;
  appearancePercent?: PercentRange | undefined;
}

/** What decides whether a run is the article's experiment at all. */
export interface Experiment {
  arrival: Scenario['load']['arrival'];
  /** Servers of the case. */
  servers: number;
  /** How many different nodes the servers are pinned to. */
  nodes: number;
  /** What stands between servers and nodes; undefined where each server is pinned to its node. */
  proxy: Scenario['kea']['proxy'];
}

/** @param servers of the case, as observed; a scenario that states no servers has one server for each node */
export function experimentOf(
  {
    load,
    servers: stated,
    cluster,
    external,
    kea,
  }: Partial<Pick<Scenario, 'load' | 'servers' | 'cluster' | 'external' | 'kea'>>,
  servers: number,
): Experiment {
  const pinned = cluster === undefined ? [] : serversOf({ servers: stated, cluster, external });
  return {
    arrival: load?.arrival ?? 'aligned',
    servers,
    nodes: pinned.length === 0 ? servers : new Set(pinned.map(({ node }) => node)).size,
    proxy: kea?.proxy,
  };
}

/**
 * Why a run can't be compared with the article's run, whatever its figures. The article has three servers for each
 * case, each on its own node, which get their requests at the same moment. Empty if this run has the same.
 */
export function otherExperiment({ arrival, servers, nodes, proxy }: Experiment): string[] {
  const differences = [
    ...(arrival === 'aligned' ? [] : [`its requests arrive ${arrival}, not aligned`]),
    ...(servers === PUBLISHED_SERVERS
      ? []
      : [`it has ${servers} servers for the case, not ${PUBLISHED_SERVERS}`]),
    ...(nodes === servers ? [] : [`its ${servers} servers use ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`]),
    ...(proxy === undefined ? [] : [`its servers reach their nodes through ${proxy}`]),
  ];
  return differences.length === 0 ? [] : [`this run is another experiment: ${differences.join(', and ')}`];
}

/**
 * Compares the first attempts (perfdhcp makes no second ones) with the article's row; null if the article has no row.
 *
 * @param premises of the reproduction; if one of them was not kept, the first phase can't be compared. The second
 * phase depends on the experiment alone, because no busy machine makes or hides duplicates there.
 */
export function comparePublished(
  figures: CaseFigures,
  stated: Scenario['published'],
  experiment: Experiment,
  premises: readonly Check[],
): PublishedComparison | null {
  const row = stated === undefined ? undefined : publishedRow(stated.table, figures.name);
  if (stated === undefined || row === undefined) return null;
  const phase = (name: string) => figures.phases.find((one) => one.name === name);
  const other = otherExperiment(experiment);
  const broken = premises.filter(
    (one) => one.verdict !== 'pass' && (one.case === '' || one.case === figures.name),
  );
  const reasons = other.length > 0 ? other : broken.map(({ actual }) => actual);
  return {
    table: stated.table,
    source: `${PUBLISHED_SOURCE.title}, ${PUBLISHED_SOURCE.date}`,
    phases: [
      compared(
        row.first,
        unless(reasons, firstPhase(row.first, phase(row.first.phase), toleranceOf(stated, figures.name))),
      ),
      compared(row.second, unless(other, secondPhase(row.second, phase(row.second.phase)))),
    ],
  };
}

interface Finding {
  word: ComparisonWord;
  reasons: string[];
}

/** The reasons still tell what the figures show, but the word says nothing on reproduction. */
function unless(other: readonly string[], finding: Finding): Finding {
  return other.length === 0 ? finding : { word: 'not-comparable', reasons: [...other, ...finding.reasons] };
}

function compared(published: PublishedPhase, finding: Finding): PhaseComparison {
  const { phase, duplicateLeases, responses, duplicatePercent, appearancePercent } = published;
  const line = articleLine(phase, published);
  return {
    phase,
    published: { duplicateLeases, responses, duplicatePercent, appearancePercent, line },
    ...finding,
  };
}

function firstPhase(
  published: PublishedPhase,
  phase: PhaseJudgement | undefined,
  tolerance: Tolerance,
): Finding {
  if (phase === undefined || phase.firstAttempt.responses === 0) return NO_ANSWERS_HERE;
  const { duplicatePercent, appearancePercent } = phase.firstAttempt;
  const refusals = [...liftedByRefusals(phase), ...unanswered(phase)];
  if (tolerance.duplicatePercent === undefined && tolerance.appearancePercent === undefined) {
    return {
      word: 'not-comparable',
      reasons: ['the scenario states no tolerance for this phase', ...refusals],
    };
  }
  const outside = [
    ...outsideOf('duplicates', duplicatePercent, tolerance.duplicatePercent, published.duplicatePercent),
    ...outsideOf('appearance', appearancePercent, tolerance.appearancePercent, published.appearancePercent),
  ];
  if (outside.length > 0) return { word: 'not-reproduced', reasons: [...outside, ...refusals] };
  const parts = otherShare(published, phase);
  return parts === undefined
    ? { word: 'reproduced', reasons: refusals }
    : { word: 'partly-reproduced', reasons: [parts, ...refusals] };
}

/**
 * What of a phase is as published and what is not, if the share of its requests without a lease is not that of the
 * article.
 */
function otherShare(article: PublishedPhase, phase: PhaseJudgement): string | undefined {
  const { here, published, differ } = withoutLeaseShares(phase.firstAttempt, article);
  if (!differ) return undefined;
  const sent = `${message(phase)}s`;
  return (
    `as published: duplicates, ${percentOf(phase.firstAttempt.duplicatePercent ?? 0)} of the answers; not as published: ` +
    `the share of ${sent} that got no lease, ${outOf(here.without, here.requests)} (${here.percent}) where the article has ` +
    `${outOf(published.without, published.requests)} (${published.percent})`
  );
}

function secondPhase(published: PublishedPhase, phase: PhaseJudgement | undefined): Finding {
  if (phase === undefined || phase.firstAttempt.responses === 0) return NO_ANSWERS_HERE;
  const differences = fewerAnswers(phase);
  const caveat = published.caveat === null ? [] : [published.caveat];
  const duplicates = phase.allAttempts.duplicateLeases;
  if (duplicates > 0) {
    differences.unshift(`${counted(duplicates, 'lease was', 'leases were')} given to more than one client`);
  }
  if (published.responses === 0) return { word: 'not-comparable', reasons: [...caveat, ...differences] };
  if (duplicates > 0) return { word: 'not-reproduced', reasons: differences };
  return { word: 'reproduced', reasons: differences.length === 0 ? [] : [...differences, ...caveat] };
}

const NO_ANSWERS_HERE: Finding = { word: 'not-comparable', reasons: ['this run got no lease in this phase'] };

function outsideOf(
  what: string,
  actual: number | null,
  range: PercentRange | undefined,
  published: number | null,
): string[] {
  if (range === undefined || actual === null || isWithin(actual, range)) return [];
  const percent = shown(actual, 'percent', (rounded) => !isWithin(rounded, range));
  return [`${what} ${percent}%, published ${published ?? 0}%, tolerance ${rangeText(range)}`];
}

/**
 * Refused first messages make N smaller and leave d as it is. Counted as answers, they would lower the percentage
 * again.
 */
function liftedByRefusals(phase: PhaseJudgement): string[] {
  const refused = phase.firstAttemptOutcomes['no-lease'] + phase.firstAttemptOutcomes.nak;
  if (refused === 0) return [];
  const { duplicateLeases, responses, requests } = phase.firstAttempt;
  const answered = responses + refused;
  return [
    `${outOf(refused, requests)} ${message(phase)}s were refused (${reasonsText(phase)}), which raises the ` +
      `percentage of duplicates; counted as answers, it would be ${duplicateLeases}/${answered}, ` +
      `${Math.floor((100 * duplicateLeases) / answered)}%`,
  ];
}

function fewerAnswers(phase: PhaseJudgement): string[] {
  const { 'no-lease': noLease, nak, timeout } = phase.firstAttemptOutcomes;
  const { clients, clientsServedLater } = phase.refusals;
  const refused = noLease + nak;
  const sentences: string[] = [];
  if (refused > 0) {
    sentences.push(
      `${outOf(refused, phase.firstAttempt.requests)} first ${message(phase)}s were refused ` +
        `(${reasonsText(phase)}); ${number(clientsServedLater)} of these ${number(clients)} clients got a lease in a later attempt`,
    );
  }
  if (timeout > 0) sentences.push(`${number(timeout)} first ${message(phase)}s got no answer`);
  return sentences;
}

function unanswered(phase: PhaseJudgement): string[] {
  const { timeout } = phase.firstAttemptOutcomes;
  const { requests } = phase.firstAttempt;
  if (timeout === 0) return [];
  return [
    `${outOf(timeout, requests)} ${message(phase)}s got no answer; the comparison covers the answered ones`,
  ];
}

/** `NoAddrsAvail 174, NAK 3`, of first attempts. */
function reasonsText({ refusals }: PhaseJudgement): string {
  const given = refusals.reasons.filter((one) => one.firstAttempt > 0);
  return given.map(({ reason, firstAttempt }) => `${reason} ${number(firstAttempt)}`).join(', ');
}

/** `SOLICIT` of `SOLICIT-ADVERTISE`. */
function message({ name }: PhaseJudgement): string {
  return name.replace(/-.*/, '');
}
