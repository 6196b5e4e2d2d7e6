import type { Death } from '../evidence/model.js';
import type { Running } from '../processes/running.js';

interface Watched {
  kind: Death['kind'];
  name: string;
  /** Absent where someone else runs it, and nobody sees it end. */
  running: Running | undefined;
}

/** Calls `died` for each of them that ends unasked from now on, at once. */
export function watchDeaths(
  watched: readonly Watched[],
  nowUs: () => number,
  died: (death: Death) => void,
): void {
  for (const { kind, name, running } of watched) {
    void running?.ended.then(() => {
      if (running.asked) return;
      died({ kind, name, atUs: nowUs(), how: running.how ?? '', lastLines: running.lastLines() });
    });
  }
}
