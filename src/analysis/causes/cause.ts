import type { ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { Finding } from '../audit/model.js';
import type { HeldLease, Witness } from '../model.js';
import type { ShortResource } from '../shortage.js';

/**
 * An entry of the catalogue of known causes: what this harness can say of why something happened, because the run's own
 * figures, settings and log messages show it.
 */
export interface Cause {
  /** In the plural and without an article, as it stands in sentences: `stale reads`. */
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly meaning: string;
  /** What shows it. */
  readonly shownBy: string;
  readonly whatToDo: string;
  /**
   * Of a cause that explains checks: a sentence with figures where the run shows that each of these violations has this cause, as exactly as what is stored
   * allows; undefined where one of them may have another.
   */
  readonly evidence?: (context: CauseContext) => string | undefined;
  /** Of a cause that explains why first requests were left unanswered. */
  readonly silence?: SilenceKind;
}

/** Why a server leaves a first request unanswered, where it says so itself, by its counters or its log. */
export interface SilenceKind {
  /** How often a server says so. */
  readonly of: (server: ServerEvidence) => number;
  /** Whether it can be the reason; a scenario may have more clients than leases. */
  readonly appliesTo: (load: { beyondPool: boolean }) => boolean;
  /** Whether the run can tell all the same. */
  readonly leavesNothingOpen: boolean;
  /** After a number of requests: `left unanswered for want of a lease`. */
  readonly words: string;
  /** What there was too little of, and in a sentence how much of it; absent where the scenario wants it so. */
  readonly shortage?: {
    readonly resource: ShortResource;
    readonly found: (caseName: string, unanswered: number, said: number) => string;
  };
}

/** What was found, and what may show why. */
export interface CauseContext {
  /** Of the check that does not hold. */
  check: string;
  case: string;
  /** How many violations. */
  found: number;
  system: SystemEvidence | undefined;
  /** Variables of the database, as a node said. */
  settings: Readonly<Record<string, string | number | boolean>>;
  /** Of the case: the first of each kind. */
  witnesses: readonly Witness[];
  /** Of the audit of the case: the first of each kind. */
  findings: readonly Finding[];
  /** All that these clients ever held, by client, in the order in which it began. */
  everHeld: (clients: Iterable<number>) => ReadonlyMap<number, readonly HeldLease[]>;
}
