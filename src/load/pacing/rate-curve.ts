import { ratesOf, startsOf, type Stage } from '../../scenario/stages.js';

/**
 * A rate over time: constant, or in steps and ramps. After the last stage the rate stays as it was at that stage's
 * end.
 */
export class RateCurve {
  readonly #parts: { startS: number; seconds: number; from: number; to: number; before: number }[] = [];

  /** @param rate starts a second; used where there are no stages */
  constructor(rate: number, stages: readonly Stage[] = []) {
    let startS = 0;
    let before = 0;
    let last = rate;
    for (const stage of stages) {
      const [from, to] = ratesOf(stage);
      const { seconds } = stage;
      this.#parts.push({ startS, seconds, from, to, before });
      startS += seconds;
      before += startsOf(stage);
      last = to;
    }
    this.#parts.push({ startS, seconds: Infinity, from: last, to: last, before });
  }

  /** The time in seconds at which `count` clients have started. It grows with `count`. */
  timeOf(count: number): number {
    let index = this.#parts.length - 1;
    while (index > 0 && (this.#parts[index]?.before ?? 0) > count) index--;
    const part = this.#parts[index];
    if (part === undefined) return 0;
    const { startS, seconds, from, to, before } = part;
    // count - before = from·t + growth·t²/2, solved for t in a form that does not subtract two nearly equal numbers.
    const growth = (to - from) / seconds;
    const more = count - before;
    return startS + (2 * more) / (from + Math.sqrt(Math.max(from * from + 2 * growth * more, 0)));
  }
}
