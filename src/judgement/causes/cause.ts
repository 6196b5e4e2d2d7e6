import type { ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { Finding } from '../../results/audit.js';
import type { HeldLease, Witness } from '../../results/witness.js';
import type { Explanation, RunContext } from './run-context.js';
import type { ShortResource } from '../../results/resources.js';

/**
 * An entry of the catalogue of known causes: why something happened, as far as the run's own figures, settings and
 * log messages show it.
 */
export interface Cause {
  /** In the plural and without an article, as it stands in sentences: `stale reads`. */
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly meaning: string;
  /** What shows the cause, in words. */
  readonly shownBy: string;
  readonly whatToDo: string;
  /** Since and until which versions, in words. */
  readonly versions: string;
  /** Where it is told upstream, in words. */
  readonly upstream: string;
  /** For a cause that explains figures: what it explains in a run, case by case; empty without evidence. */
  readonly found?: (run: RunContext) => readonly Explanation[];
  /**
   * For a cause that explains checks: a sentence with figures, if the run shows that each of the violations has this
   * cause, as exactly as the stored data allow. Undefined if one of the violations may have another cause.
   */
  readonly evidence?: (context: CauseContext) => string | undefined;
  /** For a cause that explains why first requests were left unanswered. */
  readonly silence?: SilenceKind;
}

/** Why a server leaves a first request unanswered, as the server's own counters or log say. */
export interface SilenceKind {
  /** How often a server says so. */
  readonly of: (server: ServerEvidence) => number;
  /** Whether this can be the reason in a scenario, which may want more clients than leases. */
  readonly appliesTo: (load: { beyondPool: boolean }) => boolean;
  /** Whether the run can tell in spite of the silence. */
  readonly leavesNothingOpen: boolean;
  /** The words that follow a number of requests: `left unanswered because no lease was free`. */
  readonly words: string;
  /** What was short, and a sentence that says how much of it; absent where the scenario wants the silence. */
  readonly shortage?: {
    readonly resource: ShortResource;
    readonly found: (caseName: string, unanswered: number, said: number) => string;
  };
}

/** What was found, and what may show why. */
export interface CauseContext {
  /** The name of the check that does not hold. */
  check: string;
  case: string;
  /** How many violations the check found. */
  found: number;
  system: SystemEvidence | undefined;
  /** Variables of the database, as a node told them. */
  settings: Readonly<Record<string, string | number | boolean>>;
  /** The first witnesses of each kind, of the case. */
  witnesses: readonly Witness[];
  /** The first findings of each kind, of the audit of the case. */
  findings: readonly Finding[];
  /** All leases that these clients ever held, by client, in the order in which the holdings began. */
  everHeld: (clients: Iterable<number>) => ReadonlyMap<number, readonly HeldLease[]>;
}
