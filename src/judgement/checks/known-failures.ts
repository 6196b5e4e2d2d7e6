import type { CauseId } from '../../scenario/known-causes.js';
import type { Scenario } from '../../scenario/schema.js';
import { CAUSES, type CauseContext } from '../causes/index.js';
import type { MachineFigures } from '../../results/resources.js';
import type { Check } from '../../results/check.js';
import { isCpuShort } from '../machine/machine.js';
import { number, outOf } from '../../numbers.js';

type KnownFailure = Scenario['knownFailures'][number];

/** What may show the cause of a violation, beside the check itself. */
export type ContextOf = (check: Check) => Omit<CauseContext, 'check' | 'case' | 'found'>;

/**
 * Compares the checks that fail with the known failures of the scenario. A check passes as known if its violations
 * over all cases are within the bound and the run shows the cause for all of them. Beyond the bound, or without
 * evidence of the cause, it fails. On a machine that is short of CPU, what happens by chance happens more often. So
 * there a check beyond the bound is inconclusive if the run shows the cause for every violation.
 */
export function withKnownFailures(
  checks: readonly Check[],
  known: readonly KnownFailure[],
  contextOf: ContextOf,
  machine: MachineFigures | null,
): Check[] {
  const standings = new Map<Check, Check>();
  for (const name of new Set(known.map(({ check }) => check))) {
    const rows = checks.filter((check) => check.name === name);
    const causes = known.filter(({ check }) => check === name);
    const judged = causes.map((one) => new Judged(one, rows, contextOf));
    // If a check has several known causes, a single cause must explain all that was found.
    const best = judged.find((one) => one.isKnown) ?? judged.find((one) => one.isShown) ?? judged[0];
    for (const row of rows) {
      if (row.verdict === 'fail' && best !== undefined) standings.set(row, best.standing(row, machine));
    }
  }
  return checks.map((check) => standings.get(check) ?? check);
}

/** The rows of one check, held against one known failure. */
class Judged {
  readonly #failure: KnownFailure;
  readonly #evidence: ReadonlyMap<Check, string | undefined>;
  readonly #found: number;
  /** How many answers or leases were judged in all; null if a row does not count them. */
  readonly #of: number | null;
  readonly #isWithin: boolean;

  constructor(failure: KnownFailure, rows: readonly Check[], contextOf: ContextOf) {
    this.#failure = failure;
    this.#evidence = new Map(
      rows.flatMap((row) =>
        row.verdict === 'fail' ? [[row, evidenceOf(failure.cause, row, contextOf)]] : [],
      ),
    );
    this.#found = rows.reduce((sum, { count }) => sum + (count?.found ?? 0), 0);
    this.#of = rows.reduce<number | null>((sum, { count }) => plus(sum, count?.of ?? null), 0);
    this.#isWithin = isWithin(failure.atMost, this.#found, this.#of);
  }

  /** Whether the run shows this cause for every row that failed. */
  get isShown(): boolean {
    return [...this.#evidence.values()].every((one) => one !== undefined);
  }

  get isKnown(): boolean {
    return this.#isWithin && this.isShown;
  }

  standing(row: Check, machine: MachineFigures | null): Check {
    const { cause, atMost } = this.#failure;
    const { title } = CAUSES[cause];
    const evidence = this.#evidence.get(row);
    if (!this.#isWithin) {
      const all = this.#of === null ? number(this.#found) : outOf(this.#found, this.#of);
      const actual = `${row.actual}; ${all}, but the scenario allows for at most ${atMost} ${title}`;
      if (!this.isShown || !isCpuShort(machine)) return { ...row, actual };
      return { ...row, actual: `${actual}, on a machine that was short of CPU`, verdict: 'inconclusive' };
    }
    if (evidence === undefined) {
      const why = `the scenario knows of ${title}, but the run does not show that they explain all of these`;
      return { ...row, actual: `${row.actual}; ${why}` };
    }
    return { ...row, verdict: 'pass', known: { cause, text: `${title}: ${evidence}` } };
  }
}

/** A sentence with figures if the run shows that a cause explains all violations of a check. */
export function evidenceOf(cause: CauseId, row: Check, contextOf: ContextOf): string | undefined {
  if (row.count === undefined) return undefined;
  const about = { check: row.name, case: row.case, found: row.count.found };
  return CAUSES[cause].evidence?.({ ...contextOf(row), ...about });
}

function isWithin(atMost: number | string, found: number, of: number | null): boolean {
  if (typeof atMost === 'number') return found <= atMost;
  return of !== null && of > 0 && (100 * found) / of <= parseFloat(atMost);
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
