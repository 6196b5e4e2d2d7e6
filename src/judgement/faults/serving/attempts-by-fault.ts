import type { FaultEvidence } from '../../../evidence/faults.js';
import type { ServerDuringFault } from '../../../results/faults.js';
import type { AttemptCount } from './attempts.js';

interface Counted {
  asked: number;
  served: number;
  firstInVainUs: number;
}

/** The attempts at each server of a case that began while a fault lasted: until its undoing was begun. */
export class AttemptsByFault implements AttemptCount {
  readonly #faults: readonly { fault: FaultEvidence; servers: readonly Counted[] }[];

  constructor(servers: number, faults: readonly FaultEvidence[]) {
    this.#faults = faults.map((fault) => ({
      fault,
      servers: Array.from({ length: servers }, () => ({ asked: 0, served: 0, firstInVainUs: Infinity })),
    }));
  }

  began(server: number, atUs: number): void {
    for (const one of this.#lasting(server, atUs)) one.asked++;
  }

  served(server: number, beganAtUs: number): void {
    for (const one of this.#lasting(server, beganAtUs)) one.served++;
  }

  inVain(server: number, beganAtUs: number): void {
    for (const one of this.#lasting(server, beganAtUs))
      one.firstInVainUs = Math.min(one.firstInVainUs, beganAtUs);
  }

  /** @param place of the fault in the list */
  of(place: number, server: number): Pick<ServerDuringFault, 'asked' | 'served' | 'firstInVainMs'> {
    const { fault, servers } = this.#faults[place] ?? {};
    const { asked = 0, served = 0, firstInVainUs = Infinity } = servers?.[server] ?? {};
    const sinceUs = firstInVainUs - (fault?.beganAtUs ?? 0);
    return { asked, served, firstInVainMs: Number.isFinite(sinceUs) ? Math.round(sinceUs / 1_000) : null };
  }

  /** What is counted of the server for each fault that lasted at a moment. */
  #lasting(server: number, atUs: number): Counted[] {
    return this.#faults.flatMap(({ fault: { beganAtUs, undoBeganAtUs }, servers }) => {
      const lasted = beganAtUs !== null && beganAtUs <= atUs && atUs < (undoBeganAtUs ?? Infinity);
      return lasted ? (servers[server] ?? []) : [];
    });
  }
}
