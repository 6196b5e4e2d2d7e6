import type { Answer } from '../../observations/observation.js';
import { type Witness, WITNESS_KINDS, type WitnessKind } from '../../results/witness.js';

/** Keeps the first witnesses of each kind and counts the rest. So no kind crowds out another. */
export class WitnessList {
  readonly #limitPerKind: number;
  readonly #kept = new Map<WitnessKind, Witness[]>(WITNESS_KINDS.map((kind) => [kind, []]));
  omitted = 0;

  constructor(limitPerKind: number) {
    this.#limitPerKind = limitPerKind;
  }

  /** @param describe is called only for a witness that is kept */
  add(kind: WitnessKind, describe: () => Omit<Witness, 'kind'>): void {
    const kept = this.#kept.get(kind);
    if (kept === undefined || kept.length >= this.#limitPerKind) this.omitted++;
    else kept.push({ kind, ...describe() });
  }

  /** The witnesses that were kept, the gravest kind first. */
  all(): Witness[] {
    return [...this.#kept.values()].flat();
  }
}

/** A witness made from a single answer. */
export function answerWitness(
  { client, phase, receivedAtUs }: Answer,
  server: string,
  lease: string,
  otherLease: string | null,
): Omit<Witness, 'kind'> {
  return {
    phase,
    lease,
    otherLease,
    holders: [{ client, server, lease, fromUs: receivedAtUs, untilUs: receivedAtUs }],
  };
}
