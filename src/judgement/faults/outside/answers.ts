import type { Evidence } from '../../../evidence/evidence.js';
import type { FaultsEvidence } from '../../../evidence/faults.js';
import type { Answer } from '../../../observations/observation.js';
import type { CaseFaultFigures } from '../../../results/faults.js';
import type { CaseParts } from '../../fold/case-parts.js';
import type { Span } from '../span.js';
import { arePinned, nodeOf } from '../windows.js';
import { outsideAnswer, type OutsideAnswer } from './answer.js';
import { haveComponents, minoritySpans, wasSeen } from './spans.js';

type Figures = Pick<CaseFaultFigures, 'minorityCommits' | 'answersOnTheirWay' | 'renewalsOutside'>;

/** The leases of one case that came through nodes outside the primary component. */
export class AnswersOutside {
  /** Servers of whose node nobody saw whether it was in the primary component. */
  readonly unseen: readonly string[];
  /**
   * Whether such a lease can be told at all: nodes have components, and each server is pinned to a node. If not, the
   * figures are null.
   */
  readonly #isKnown: boolean;
  readonly #state: CaseParts;
  /** By server. */
  readonly #spans: readonly (readonly Span[])[];
  readonly #counts: Record<OutsideAnswer, number> = { commit: 0, renewal: 0, 'on its way': 0 };

  /** @param servers their names in reports */
  constructor(
    state: CaseParts,
    faults: FaultsEvidence,
    evidence: Pick<Evidence, 'system'>,
    servers: readonly string[],
  ) {
    this.#state = state;
    this.#isKnown = arePinned(evidence) && haveComponents(faults);
    this.#spans = servers.map((one) => minoritySpans(faults, nodeOf(evidence, one)));
    this.unseen = servers.filter((one) => !wasSeen(faults, nodeOf(evidence, one)));
  }

  /** Whether the node of some server was seen outside. */
  get someWere(): boolean {
    return this.#spans.some((spans) => spans.length > 0);
  }

  /**
   * A committing answer gave this lease.
   *
   * @param requestedAtUs the first sending of its request; NaN where nobody knows
   * @param during the faults that were active
   */
  granted(answer: Answer, lease: number, requestedAtUs: number, during: () => readonly number[]): void {
    const { client, fromServer, phase, receivedAtUs } = answer;
    const outside = outsideAnswer(this.#spans[fromServer] ?? [], answer, requestedAtUs);
    if (outside === undefined) return;
    this.#counts[outside]++;
    if (outside !== 'commit') return;
    this.#state.witnesses.add('minority-commit', () => {
      const text = this.#state.leases.text(lease);
      const server = this.#state.layout.servers[fromServer] ?? '';
      const holder = { client, server, lease: text, fromUs: requestedAtUs, untilUs: receivedAtUs };
      return { phase, lease: text, otherLease: null, holders: [holder], during: during() };
    });
  }

  get figures(): Figures {
    const { commit, renewal, 'on its way': onTheirWay } = this.#counts;
    return this.#isKnown
      ? { minorityCommits: commit, answersOnTheirWay: onTheirWay, renewalsOutside: renewal }
      : { minorityCommits: null, answersOnTheirWay: null, renewalsOutside: null };
  }
}
