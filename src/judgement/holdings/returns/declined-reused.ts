import type { Answer } from '../../../observations/observation.js';
import { familyOfPhase } from '../../../protocol/phases.js';
import type { DeclineFigures } from '../../../results/case.js';
import { serverName } from '../../checks/server-name.js';
import type { CaseParts } from '../../fold/case-parts.js';
import { Column } from '../../fold/columns.js';
import type { ReturnEntries } from './entries.js';

/**
 * Declined leases that servers gave again too soon. A server must give a declined address to nobody for a while (RFC
 * 2131 section 4.3.3, RFC 8415 section 18.3.8): for Kea this is the probation period.
 */
export class DeclinedReused {
  #declined = 0;
  #reused = 0;
  #again: DeclineFigures['again'];
  readonly #state: CaseParts;
  readonly #entries: ReturnEntries;
  /** NaN where nobody knows the probation period. */
  readonly #probationUs: number;
  /** By lease, as entry + 1: the entry of its last DECLINE. */
  readonly #lastDecline = new Column(Int32Array);

  /** @param probationS seconds; undefined where nobody knows it */
  constructor(state: CaseParts, entries: ReturnEntries, probationS: number | undefined) {
    this.#state = state;
    this.#entries = entries;
    this.#probationUs = (probationS ?? NaN) * 1e6;
  }

  get figures(): DeclineFigures {
    const reused = Number.isNaN(this.#probationUs) ? null : this.#reused;
    return { declined: this.#declined, reused, ...(this.#again === undefined ? {} : { again: this.#again }) };
  }

  /** Whether a lease that was declined at `declinedAtUs` is on probation at `atUs`. */
  isOnProbation(declinedAtUs: number, atUs: number): boolean {
    return atUs < declinedAtUs + this.#probationUs;
  }

  /** A client declined this lease. */
  declined(lease: number, entry: number): void {
    this.#declined++;
    this.#lastDecline.set(lease, entry + 1);
  }

  /** A committing answer gave this lease to a client. */
  granted(answer: Answer, lease: number, requestedAtUs: number): void {
    const entry = this.#lastDecline.get(lease) - 1;
    if (entry < 0) return;
    const { client, server, atUs } = this.#entries.get(entry);
    if (!this.#entries.isConfirmed(entry) && !countsUnconfirmed(client, answer)) return;
    if (Number.isNaN(this.#probationUs) && requestedAtUs > atUs) this.#givenAgain(requestedAtUs - atUs);
    // The server gave the lease at some moment between the request and its answer.
    if (!(requestedAtUs > atUs && this.isOnProbation(atUs, answer.receivedAtUs))) return;
    this.#reused++;
    this.#state.witnesses.add('declined-reused', () => {
      const { layout, leases } = this.#state;
      const text = leases.text(lease);
      const holder = (client: number, server: number, us: number) => ({
        client,
        server: serverName(layout, server),
        lease: text,
        fromUs: us,
        untilUs: us,
      });
      return {
        phase: answer.phase,
        lease: text,
        otherLease: null,
        holders: [
          holder(client, server, atUs),
          holder(answer.client, answer.fromServer, answer.receivedAtUs),
        ],
      };
    });
  }

  /**
   * Counts a declined lease that was given again. Without the probation period nobody can tell whether it was too
   * soon.
   */
  #givenAgain(afterUs: number): void {
    const { count = 0, soonestMs = Infinity } = this.#again ?? {};
    this.#again = { count: count + 1, soonestMs: Math.min(soonestMs, afterUs / 1_000) };
  }
}

/**
 * Whether a reuse counts although no server confirmed the DECLINE. A server that never got the DECLINE rightly gives
 * the lease to the same client again. DHCPv4 servers confirm none, so a DHCPv4 reuse counts if another client gets
 * the lease.
 */
function countsUnconfirmed(declinedBy: number, { client, phase }: Answer): boolean {
  return familyOfPhase(phase) === 4 && client !== declinedBy;
}
