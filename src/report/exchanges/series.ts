import type { RunRequests } from './run-requests.js';

/** One phase of one server of one case. Counts and parts name it by its place in the list of all. */
export interface Series {
  caseIndex: number;
  server: number;
  /** The place of the phase in `PHASES`. */
  phase: number;
}

/** All series of a run that have a request or an unmatched answer, by case, server and phase. */
export class SeriesIndex {
  readonly all: readonly Series[];
  readonly #places: ReadonlyMap<number, number>;

  constructor(requests: RunRequests) {
    const keys = new Set<number>();
    for (const { caseIndex, transaction } of requests.inOrder()) {
      const its = requests.cases[caseIndex];
      if (its !== undefined) keys.add(keyOf(caseIndex, its.server(transaction), its.phase(transaction)));
    }
    for (const { caseIndex, server, phase } of requests.unmatched())
      keys.add(keyOf(caseIndex, server, phase));
    const sorted = [...keys].sort((one, other) => one - other);
    this.all = sorted.map((key) => ({ caseIndex: key >> 16, server: (key >> 8) & 0xff, phase: key & 0xff }));
    this.#places = new Map(sorted.map((key, place) => [key, place]));
  }

  placeOf(caseIndex: number, server: number, phase: number): number {
    return this.#places.get(keyOf(caseIndex, server, phase)) ?? -1;
  }
}

/** The journal stores each of these as one byte. */
function keyOf(caseIndex: number, server: number, phase: number): number {
  return (caseIndex << 16) | (server << 8) | phase;
}
