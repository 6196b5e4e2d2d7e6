import type { Death } from '../evidence/model.js';
import type { ManagedProcess } from '../processes/managed-process.js';

interface Watched {
  kind: Death['kind'];
  name: string;
  process: ManagedProcess;
}

/** Calls `died` for each process that ends unasked from now on, at once. */
export function watchDeaths(
  watched: readonly Watched[],
  nowUs: () => number,
  died: (death: Death) => void,
): void {
  for (const { kind, name, process } of watched) {
    void process.ended.then(() => {
      if (process.asked) return;
      died({ kind, name, atUs: nowUs(), how: process.how ?? '', lastLines: process.lastLines() });
    });
  }
}
