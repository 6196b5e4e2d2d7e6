import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../src/evidence/evidence.js';
import { openJournal } from '../../src/observations/journal/journal.js';
import type { Observation } from '../../src/observations/observation.js';
import { type Result, resultSchema } from '../../src/results/result.js';
import type { CaseResult } from '../../src/results/case.js';
import { shippedSchemaProblems } from './shipped-schema.js';

/** The files that a run has left in its run directory. */
export class RunFiles {
  constructor(readonly path: string) {}

  /** The runs of a scenario below a working directory, oldest first. */
  static in(cwd: string, scenario: string): RunFiles[] {
    const parent = join(cwd, 'reports', scenario);
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .sort()
      .map((name) => new RunFiles(join(parent, name)));
  }

  /** The only run of a scenario. */
  static only(cwd: string, scenario: string): RunFiles {
    const [run, ...more] = RunFiles.in(cwd, scenario);
    if (run === undefined || more.length > 0)
      throw new Error(`${1 + more.length} runs of ${scenario}, not one`);
    return run;
  }

  has(name: string): boolean {
    return existsSync(join(this.path, name));
  }

  text(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  /**
   * The content of `result.json`. It is checked against its schema, and by an independent validator against the
   * shipped schema.
   */
  get result(): Result {
    const stored: unknown = JSON.parse(this.text('result.json'));
    const problems = shippedSchemaProblems('result', stored);
    if (problems.length > 0) throw new Error(`schema/result.schema.json: ${problems.join('; ')}`);
    return resultSchema.parse(stored);
  }

  get evidence(): Evidence {
    return JSON.parse(this.text('evidence.json')) as Evidence;
  }

  get observations(): Observation[] {
    return [...openJournal(join(this.path, 'journal.bin')).observations()];
  }
}

/** A case's result by its name. */
export function caseOf(result: Result, name: string): CaseResult {
  const found = result.cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name} in the result`);
  return found;
}

/**
 * The outcome of a run whose conformance passes and whose figures are as expected. A busy machine may break a
 * premise. The run is then not comparable.
 */
export function halvesOf({ reproduction }: Result) {
  if (reproduction === null) throw new Error('a run that expects no figures');
  const areKept = reproduction.premises.every(({ verdict }) => verdict === 'pass');
  return areKept
    ? ({ areKept, outcome: 'pass', exitCode: 0 } as const)
    : ({ areKept, outcome: 'not comparable', exitCode: 2 } as const);
}

/** The figures of a case's first phase, for first attempts. */
export function firstPhaseOf(result: Result, name: string): CaseResult['phases'][number]['firstAttempt'] {
  const [first] = caseOf(result, name).phases;
  if (first === undefined) throw new Error(`no phase in ${name}`);
  return first.firstAttempt;
}
