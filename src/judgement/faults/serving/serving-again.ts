import type { FaultEvidence } from '../../../evidence/faults.js';
import type { Span } from '../span.js';
import { backOffUs, concerns } from '../windows.js';

/** What became of a server after a fault that concerned it was undone. */
interface Undone {
  readonly fault: FaultEvidence;
  readonly undoBeganAtUs: number;
  /** When it was undone, and the server's node was ready again. */
  readonly backAtUs: number;
  /** When another fault concerns the server. Whatever happens from then on may be the other one's doing. */
  readonly untilUs: number;
  servedAgain: boolean;
  /** For how long since then clients have asked. */
  askedForUs: number;
}

/** Whether one server offers or gives leases again after each fault that concerned it. */
export class ServingAgain {
  /** Its name in reports, such as `dhcp4 server-1`. */
  readonly server: string;
  readonly #undone: readonly Undone[];

  /** @param notReady when its node could not serve it; a node takes a while to find the others again */
  constructor(faults: readonly FaultEvidence[], server: string, notReady: readonly Span[]) {
    this.server = server;
    const its = faults.filter((fault) => concerns(fault, server));
    this.#undone = its.flatMap((fault) => {
      const { undoBeganAtUs, undoneAtUs } = fault;
      if (undoBeganAtUs === null || undoneAtUs === null) return [];
      const others = its.filter((other) => other !== fault && (other.undoneAtUs ?? Infinity) > undoneAtUs);
      const untilUs = Math.min(...others.map(({ beganAtUs }) => beganAtUs ?? Infinity));
      const later = notReady.filter((span) => span.untilUs > undoneAtUs && span.fromUs < untilUs);
      const backAtUs = Math.max(undoneAtUs, ...later.map((span) => span.untilUs));
      return [{ fault, undoBeganAtUs, backAtUs, untilUs, servedAgain: false, askedForUs: 0 }];
    });
  }

  /** A client asks the server for an offer or a lease. */
  asked(atUs: number): void {
    for (const one of this.#undone)
      if (atUs > one.backAtUs && atUs < one.untilUs) one.askedForUs = atUs - one.backAtUs;
  }

  /** The server offers or gives a lease. */
  served(atUs: number): void {
    for (const one of this.#undone) if (atUs >= one.undoBeganAtUs) one.servedAgain = true;
  }

  /**
   * What can be told of each undoing.
   *
   * @param soonUs for how long clients must have asked in vain before the server counts as one that does not serve
   *   again; where its link to its database was cut, for as much longer as that lasted
   */
  after(soonUs: number): { servedAgain: boolean; fault: FaultEvidence; askedForUs: number }[] {
    return this.#undone.filter(
      ({ servedAgain, askedForUs, fault }) =>
        servedAgain || askedForUs >= soonUs + backOffUs(fault, this.server),
    );
  }
}
