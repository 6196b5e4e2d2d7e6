import type { CauseId } from '../scenario/known-causes.js';
import type { Scenario } from '../scenario/schema.js';
import { CAUSES, type CauseContext } from './causes/index.js';
import { isCpuShort, type MachineFigures } from './machine.js';
import type { Check } from './model.js';

type KnownFailure = Scenario['knownFailures'][number];

/** What shows a cause, beside what the check itself says. */
export type ContextOf = (check: Check) => Omit<CauseContext, 'check' | 'case' | 'found'>;

/**
 * Holds what does not hold against what the scenario knows of itself. A check whose violations are within the bound over all
 * cases, and all of a cause that the run shows, passes as known. Beyond the bound it fails, and without the cause's evidence.
 * A machine that is short of CPU widens what happens by chance: there more than the bound is left open, if the cause is shown
 * for every one.
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
    // With several causes for one check, one of them must explain all that was found.
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
  /** Null where nobody counted how many were judged. */
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

  /** Every row that failed did of this cause. */
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
      const all = this.#of === null ? String(this.#found) : `${this.#found} of ${this.#of}`;
      const actual = `${row.actual}; ${all}, more than the ${atMost} that are known of ${title}`;
      if (!this.isShown || !isCpuShort(machine)) return { ...row, actual };
      return { ...row, actual: `${actual}, on a machine that was short of CPU`, verdict: 'inconclusive' };
    }
    if (evidence === undefined)
      return { ...row, actual: `${row.actual}; known of ${title}, but nothing shows that all of these are` };
    return { ...row, verdict: 'pass', known: { cause, text: `${title}: ${evidence}` } };
  }
}

function evidenceOf(cause: CauseId, row: Check, contextOf: ContextOf): string | undefined {
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
