import { EXIT } from '../../errors.js';
import { caseSchema, type CaseJudgement, type CaseResult } from '../../results/case.js';
import type { Judgement } from '../../results/judgement.js';
import { rounded } from '../../results/registry/mapped.js';
import { resourcesSchema } from '../../results/resources.js';
import { transportSchema } from '../../results/transport.js';
import { RESULT_SCHEMA_VERSION, type Environment, type Result } from '../../results/result.js';
import type { Scenario } from '../../scenario/schema.js';
import { outcomeAndCode } from './outcome.js';
import { witnessResult } from './witness-result.js';

/** Facts that the runner adds to the judgement. */
export interface RunFacts {
  tool: { name: string; version: string };
  /** The scenario as it was run: with its defaults, `--quick` and `--set` applied. */
  scenario: Scenario;
  seed: number;
  /** The command line, from the command on. */
  argv: readonly string[];
  startedAt: Date;
  /** Null if the run was killed before it could record the time. */
  finishedAt: Date | null;
  environment: Environment;
  /** The path of the run directory, as it is shown to the reader. */
  runDirectory: string;
  /** Set if something other than the judgement decides the exit code, such as a full disk. */
  exitCode?: number;
}

/** The most witnesses of one case in `result.json`. `witnesses.jsonl` in the run directory has more. */
export const WITNESSES_KEPT = 1_000;

/** The content of `result.json`. */
export function buildResult(facts: RunFacts, judgement: Judgement): Result {
  const { scenario } = facts;
  const names = judgement.cases.map(({ name }) => name);
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    tool: facts.tool,
    scenario: {
      name: scenario.name,
      effective: { ...scenario },
      seed: facts.seed,
      argv: [...facts.argv],
    },
    startedAt: facts.startedAt.toISOString(),
    finishedAt: facts.finishedAt?.toISOString() ?? null,
    verdict: judgement.verdict,
    reproduction: judgement.reproduction,
    expectedVerdict: scenario.expect,
    ...outcomeAndCode(
      { ...judgement, expectedVerdict: scenario.expect, scenario: { effective: { ...scenario } } },
      facts.exitCode ?? signalCodeOf(judgement),
    ),
    environment: facts.environment,
    source: null,
    cases: judgement.cases.map((one) => caseResult(one, names)),
    audit: judgement.audit,
    ...(judgement.commits === undefined ? {} : { commits: judgement.commits }),
    ...(judgement.clocks === undefined ? {} : { clocks: judgement.clocks }),
    ...(judgement.causes === undefined ? {} : { causes: judgement.causes }),
    sockets: judgement.sockets,
    resources: rounded(resourcesSchema.nullable(), judgement.resources),
    ...(judgement.transport === undefined
      ? {}
      : { transport: rounded(transportSchema, judgement.transport) }),
    ...(judgement.faults === undefined ? {} : { faults: judgement.faults }),
    short: judgement.short,
    accompanying: judgement.accompanying,
    checks: judgement.checks,
  };
}

function signalCodeOf({ interruptedBy }: Judgement): number | undefined {
  if (interruptedBy === null) return undefined;
  return interruptedBy === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
}

function caseResult(figures: CaseJudgement, names: readonly string[]): CaseResult {
  const { witnesses, witnessesOmitted } = figures;
  return rounded(caseSchema, {
    ...figures,
    witnesses: witnesses.slice(0, WITNESSES_KEPT).map((witness) => witnessResult(witness, names)),
    witnessesOmitted: witnessesOmitted + Math.max(0, witnesses.length - WITNESSES_KEPT),
  });
}
