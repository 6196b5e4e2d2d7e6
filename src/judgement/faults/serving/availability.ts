import type { FaultEvidence, FaultsEvidence } from '../../../evidence/faults.js';
import { endsByItself } from '../../../faults/index.js';
import type { ServerDuringFault } from '../../../results/faults.js';
import type { Span } from '../span.js';
import { effectsOf } from '../windows.js';

/** What the clients of one server saw of one fault. */
interface Seen {
  readonly fault: FaultEvidence;
  /** Undefined for a fault that never began. */
  readonly effects: Span | undefined;
  /** Whether the fault was done to the server or to its node. */
  readonly isOwn: boolean;
  leases: number;
  longest: { fromUs: number; us: number } | undefined;
  firstAfterUs: number | undefined;
}

/**
 * For how long the clients of one server asked for leases without getting any. Such a wait begins with the first
 * request after the server's last lease, and ends with its next one. If no lease follows, it ends with the last
 * request. A server that nobody asks makes nobody wait.
 */
export class Availability {
  readonly #seen: readonly Seen[];
  #waitingSinceUs: number | undefined;
  #lastAskedAtUs = 0;
  /** The longest waits while a fault of the server itself was active, and while only faults of others were. */
  #ownUs: number | undefined;
  #othersUs: number | undefined;

  /**
   * @param server its name in reports, such as `dhcp4 server-1`
   * @param node the node that it is pinned to, if it is to one
   */
  constructor(evidence: FaultsEvidence, server: string, node: string | undefined) {
    const effects = effectsOf(evidence);
    this.#seen = evidence.faults.map((fault, place) => ({
      fault,
      effects: effects[place],
      isOwn: fault.targets.some((target) => target === server || target === node),
      leases: 0,
      longest: undefined,
      firstAfterUs: undefined,
    }));
  }

  /** A client asks the server for a lease. */
  asked(atUs: number): void {
    this.#waitingSinceUs ??= atUs;
    this.#lastAskedAtUs = atUs;
  }

  /** The server gives a client a lease. */
  gave(atUs: number): void {
    this.#waited(atUs);
    this.#waitingSinceUs = undefined;
    for (const seen of this.#seen) {
      const { beganAtUs, undoBeganAtUs } = seen.fault;
      if (beganAtUs === null || atUs < beganAtUs) continue;
      if (undoBeganAtUs === null || atUs < undoBeganAtUs) seen.leases++;
      else seen.firstAfterUs ??= atUs - undoBeganAtUs;
    }
  }

  /**
   * What the clients saw of a fault.
   *
   * @param place of the fault in the list
   * @param zeroUs when the load began
   */
  of(
    place: number,
    zeroUs: number,
  ): Pick<ServerDuringFault, 'leases' | 'longestGapMs' | 'longestGapFromMs' | 'firstLeaseAfterMs'> {
    this.#waited(this.#lastAskedAtUs);
    const seen = this.#seen[place];
    return {
      leases: seen?.leases ?? 0,
      longestGapMs: ms(seen?.longest?.us),
      longestGapFromMs: ms(seen?.longest && seen.longest.fromUs - zeroUs),
      firstLeaseAfterMs: ms(seen?.firstAfterUs),
    };
  }

  /**
   * The longest waits, milliseconds: under faults of the server or its node, and under those of others alone.
   * Undefined where no such fault was active, or nobody waited.
   */
  get longestMs(): { own: number | null; others: number | null } {
    this.#waited(this.#lastAskedAtUs);
    return { own: ms(this.#ownUs), others: ms(this.#othersUs) };
  }

  /**
   * For each undoing of a fault of the server or its node: from its beginning to the next lease; null without one. A
   * fault that ends by itself has no such beginning.
   */
  get recoveredMs(): (number | null)[] {
    return this.#seen
      .filter(({ isOwn, fault }) => isOwn && fault.undoBeganAtUs !== null && !endsByItself(fault))
      .map(({ firstAfterUs }) => ms(firstAfterUs));
  }

  /** The clients have waited until this moment, if any of them waits. Says nothing new if it is said again. */
  #waited(untilUs: number): void {
    const sinceUs = this.#waitingSinceUs;
    if (sinceUs === undefined) return;
    const during = this.#seen.filter(
      ({ effects }) => effects !== undefined && sinceUs <= effects.untilUs && untilUs >= effects.fromUs,
    );
    for (const seen of during) {
      const fromUs = Math.max(sinceUs, seen.effects?.fromUs ?? 0);
      const us = untilUs - fromUs;
      if (us >= (seen.longest?.us ?? 0)) seen.longest = { fromUs, us };
      if (seen.isOwn) this.#ownUs = longer(this.#ownUs, us);
      else if (!during.some(({ isOwn }) => isOwn)) this.#othersUs = longer(this.#othersUs, us);
    }
  }
}

function longer(one: number | undefined, other: number): number {
  return Math.max(one ?? 0, other);
}

function ms(us: number | undefined): number | null {
  return us === undefined ? null : Math.round(us / 1_000);
}
