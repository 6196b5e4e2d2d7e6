import type { SystemEvidence } from '../../evidence/system.js';
import type { Finding } from '../audit/model.js';
import type { HeldLease, Witness } from '../model.js';

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
   * A sentence with figures where the run shows that each of these violations has this cause, as exactly as what is stored
   * allows; undefined where one of them may have another.
   */
  readonly evidence: (context: CauseContext) => string | undefined;
}

/** What was found, and what may show why. */
export interface CauseContext {
  /** Of the check that does not hold; `load.answered` for what was not answered. */
  check: string;
  case: string;
  /** How many violations; for `full-pool` requests without an answer. */
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
