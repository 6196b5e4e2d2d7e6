import type { Judgement } from '../analysis/model.js';
import { UNTOLD, type Imported, type Untold } from '../observations/imported.js';
import { buildResult, type RunFacts } from './build.js';
import type { CaseResult, Result } from './result.js';
import { withShared, type WitnessResult } from './witness-result.js';

type PhaseResult = CaseResult['phases'][number];
type Known = (what: Untold) => boolean;

/**
 * The result of judging what another program recorded. It has the figures of a run, and null for each figure that the
 * source does not tell.
 */
export function importedResult(
  imported: Imported,
  judgement: Judgement,
  facts: Pick<RunFacts, 'tool' | 'argv' | 'scenario'>,
): Result {
  const told: Known = (what) => !imported.untold.includes(what);
  const { limits } = facts.scenario;
  const result = buildResult({ ...facts, ...NOT_A_RUN }, judgement);
  return {
    ...result,
    scenario: { ...result.scenario, name: nameOf(imported), effective: { limits }, seed: null },
    startedAt: imported.startedAt?.toISOString() ?? null,
    finishedAt: imported.finishedAt?.toISOString() ?? null,
    environment: null,
    source: {
      kind: imported.kind,
      files: [...imported.files],
      untold: imported.untold.map((what) => UNTOLD[what]),
      notes: [...imported.notes],
    },
    cases: result.cases.map((one, caseIndex) => ({
      ...one,
      clientsWithLease: told('holders') ? one.clientsWithLease : null,
      witnesses: one.witnesses.map((witness) => identified(witness, caseIndex, imported)),
      exchanges: null,
      schedule: told('times') && told('intendedTimes') ? one.schedule : null,
      series: one.series && told('times') ? seriesOf(one.series, told) : null,
      phases: one.phases.map((phase) => toldOf(phase, told)),
    })),
  };
}

function seriesOf(series: NonNullable<CaseResult['series']>, told: Known): CaseResult['series'] {
  if (told('intendedTimes')) return series;
  const { latency } = series;
  return { ...series, offered: null, ...(latency && { latency: { ...latency, lateness: null } }) };
}

/** Facts that only a run has. `importedResult` replaces them by null. */
const NOT_A_RUN = {
  seed: 0,
  startedAt: new Date(0),
  finishedAt: null,
  runDirectory: '',
  environment: {
    kea: { version: '', allocator: '', threads: 0 },
    database: { flavor: '', version: '', wsrepProvider: '', settings: {} },
    node: '',
    cpus: 1,
  },
};

/** Such as `3 perfdhcp logs`, `capture office.pcap`. */
function nameOf({ kind, files }: Imported): string {
  if (kind === 'capture') return `capture ${files.join(', ')}`;
  return `${files.length} perfdhcp ${files.length === 1 ? 'log' : 'logs'}`;
}

function toldOf(whole: PhaseResult, told: Known): PhaseResult {
  const only = <T>(what: Untold, value: T): T | null => (told(what) ? value : null);
  const outcomes = (all: PhaseResult['outcomes']) => ({
    ...all,
    nak: only('naks', all.nak),
    timeout: only('requests', all.timeout),
    late: told('times') ? only('timeouts', all.late) : null,
    malformed: only('strayAnswers', all.malformed),
  });
  return {
    ...whole,
    firstAttempt: { ...whole.firstAttempt, requests: only('requests', whole.firstAttempt.requests) },
    allAttempts: only('attempts', whole.allAttempts),
    outcomes: outcomes(whole.outcomes),
    firstAttemptOutcomes: outcomes(whole.firstAttemptOutcomes),
    withoutOffer: only('requests', whole.withoutOffer),
    refusals: {
      ...whole.refusals,
      clientsServedLater: only('attempts', whole.refusals.clientsServedLater),
    },
    extraAnswers: only('strayAnswers', whole.extraAnswers),
    extraAnswersOtherLease: only('strayAnswers', whole.extraAnswersOtherLease),
    secondLeases: only('strayAnswers', whole.secondLeases ?? 0),
    wrongClient: only('strayAnswers', whole.wrongClient),
    wrongClientLeases: only('strayAnswers', whole.wrongClientLeases),
    wrongServer: only('strayAnswers', whole.wrongServer),
    wrongServerLeases: only('strayAnswers', whole.wrongServerLeases ?? 0),
    unmatched: only('strayAnswers', whole.unmatched),
    latencyMs: only('times', whole.latencyMs),
    perServer: whole.perServer.map((server) => ({
      ...server,
      requests: only('requests', server.requests),
      outcomes: outcomes(server.outcomes),
      latencyMs: only('times', server.latencyMs),
    })),
  };
}

function networkOf(imported: Imported, caseIndex: number, client: number): { network?: string } {
  const network = imported.networkOf?.(caseIndex, client);
  return network === undefined ? {} : { network };
}

function identified(witness: WitnessResult, caseIndex: number, imported: Imported): WitnessResult {
  const times = !imported.untold.includes('times');
  const holders = witness.holders.map((holder) => ({
    ...holder,
    ...(times ? {} : { fromUs: null, untilUs: null }),
    identity: imported.identityOf(holder.caseIndex ?? caseIndex, holder.client) ?? null,
    ...networkOf(imported, holder.caseIndex ?? caseIndex, holder.client),
  }));
  return withShared({ ...witness, holders });
}
