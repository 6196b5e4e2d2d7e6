import {
  COMMITTING_PHASES,
  GIVING_BACK_PHASES,
  PHASES,
  RENEWING_PHASES,
  UNANSWERED_PHASES,
  type Phase,
} from '../../../protocol/phases.js';
import { serverName } from '../../../judgement/checks/server-name.js';
import { ANSWERED, ANSWERED_OF, OUTCOMES, type Outcome } from '../../../results/outcomes.js';
import type { Result } from '../../../results/result.js';
import type { Bins } from '../../exchanges/bins.js';
import { FURTHER } from '../../exchanges/further-events.js';
import type { PartRef } from '../../exchanges/parts.js';
import type { RunRequests } from '../../exchanges/run-requests.js';
import type { Series } from '../../exchanges/series.js';
import { count } from '../../words/numbers.js';
import { timeAxisOf } from '../faults/axis.js';

export interface TimelineInput {
  result: Result;
  requests: Pick<RunRequests, 'cases' | 'fromUs' | 'untilUs' | 'count' | 'inOrder'>;
  series: readonly Series[];
  bins: Bins;
  parts: readonly PartRef[];
}

/** How the page says what became of a request. */
const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  lease: 'lease',
  nak: 'refused',
  'no-lease': 'no lease',
  partial: 'one of two leases',
  timeout: 'no answer',
  late: ANSWERED.late,
  malformed: 'unreadable answer',
};

/** What the page's script works from. All times are microseconds of the run, but for `zero`, which is second 0 of the axis. */
export function timelineModel({ result, requests, series, bins, parts }: TimelineInput) {
  const axis = timeAxisOf(result);
  const zero = axis.zeroMs * 1_000;
  const lanes = [...new Map(series.map((one) => [laneOf(one), laneName(one, requests)]))];
  const places = new Map(lanes.map(([lane], place) => [lane, place]));
  const ofAxis = (ms: number) => zero + ms * 1_000;
  const withParts = parts.reduce((sum, one) => sum + one.requests, 0);
  const without = requests.count - withParts;
  return {
    zero,
    unit: axis.unit,
    limits: limitsOf(bins, requests.untilUs),
    lanes: lanes.map(([, name]) => name),
    /** By lane: the name of its case. */
    cases: lanes.map(([lane]) => caseName(lane >> 8, requests)),
    series: series.map((one) => ({
      lane: places.get(laneOf(one)) ?? 0,
      phase: phaseOf(one),
      kind: kindOf(phaseOf(one)),
      isSilent: UNANSWERED_PHASES.has(phaseOf(one)),
    })),
    outcomes: OUTCOMES,
    answered: ANSWERED_OF,
    outcomeWords: OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome]),
    further: FURTHER,
    bins: { from: bins.fromUs, bin: bins.binUs, length: bins.length, series: bins.series },
    parts: parts.flatMap(({ from, until, requests: own }) => [from, until, own]),
    without,
    withoutText: withoutText(without, requests, parts, zero),
    faults: axis.faults.map(({ label, parts: spans }) => ({
      label,
      parts: spans.map(({ look, fromMs, untilMs }) => ({
        look,
        from: ofAxis(fromMs),
        until: ofAxis(untilMs),
      })),
    })),
    moments: axis.moments.map(({ label, atMs }) => ({ label, at: ofAxis(atMs) })),
  };
}

/** Which requests are only counted, and why; empty where all have parts. */
function withoutText(
  without: number,
  { count: all, fromUs, untilUs }: Pick<RunRequests, 'count' | 'fromUs' | 'untilUs'>,
  parts: readonly PartRef[],
  zero: number,
): string {
  if (without === 0) return '';
  const second = (us: number) => ((us - zero) / 1e6).toFixed(3);
  const covered = second(parts.at(-1)?.last ?? fromUs);
  return (
    `Single requests are shown from ${second(fromUs)} s to ${covered} s: the first ${count(all - without)} of ${count(all)}. ` +
    `The other ${count(without)} requests, up to ${second(untilUs)} s, are only counted: files with each of them would take ` +
    'too much room. The journal has all of them.'
  );
}

function limitsOf({ fromUs, binUs, length }: Bins, untilUs: number) {
  return { from: fromUs, until: Math.max(fromUs + 1_000, Math.min(fromUs + binUs * length, untilUs * 1.01)) };
}

function laneOf({ caseIndex, server }: Series): number {
  return (caseIndex << 8) | server;
}

function laneName({ caseIndex, server }: Series, requests: Pick<RunRequests, 'cases'>): string {
  const servers = requests.cases[caseIndex]?.layout.servers ?? [];
  return `${caseName(caseIndex, requests)} ${serverName({ servers }, server)}`;
}

function caseName(caseIndex: number, { cases }: Pick<RunRequests, 'cases'>): string {
  return cases[caseIndex]?.layout.name ?? `case ${caseIndex}`;
}

function phaseOf({ phase }: Series): Phase {
  return PHASES[phase] ?? PHASES[0];
}

/** The kinds of phases have a colour each. */
function kindOf(phase: Phase): 'offer' | 'commit' | 'renew' | 'back' {
  if (GIVING_BACK_PHASES.has(phase)) return 'back';
  if (RENEWING_PHASES.has(phase)) return 'renew';
  return COMMITTING_PHASES.has(phase) ? 'commit' : 'offer';
}
