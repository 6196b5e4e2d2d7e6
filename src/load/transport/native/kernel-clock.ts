import type { ClockStep } from '../transport.js';
import { secondsUs } from './headers.js';
import type { Libc, Memory } from './libc.js';

/** Of clock_gettime(2): the clock by which the kernel notes arrivals. */
export const CLOCK_REALTIME = 0;
/** Clocks that run apart by so much within a second are still one: NTP corrects by half a millisecond at most. */
const DRIFT_PER_S_US = 1_000;
/** Both clocks are read by turns. A reading that takes longer was interrupted, and is repeated. */
const LONGEST_READING_US = 5;
const TRIES = 4;
/** A smaller step changes no figure, and could be an interrupted reading. */
const LEAST_STEP_US = 200;

/**
 * After so long both clocks are read again. Until then they drift apart by less than three microseconds, as NTP corrects a
 * clock by half a millisecond in a second at most.
 */
const READ_EVERY_US = 5_000;

/**
 * Turns the kernel's times of arrival, which are those of the machine's clock, into times of the load's clock. Both
 * are read again and again, and at once where a time can't be. So a machine's clock that is set during a run spoils no
 * time by more than the load slept, and the step is told.
 */
export class KernelClock {
  readonly steps: ClockStep[] = [];
  readonly #libc: Pick<Libc, 'clockGettime'>;
  readonly #nowUs: () => number;
  readonly #time: Memory;
  readonly #words: Uint32Array;
  /** The machine's clock less the load's, microseconds, and when that was read. */
  #aheadUs = NaN;
  #readAtUs = -Infinity;
  /** How far that reading may be off, either way. */
  #sureToUs = Infinity;
  /** The same before the clock was last set. A time up to `#eitherUntilUs`, by the machine, may be from before or after. */
  #aheadBeforeUs = NaN;
  #eitherUntilUs = -Infinity;

  constructor(libc: Pick<Libc, 'clockGettime' | 'allocate'>, nowUs: () => number) {
    this.#libc = libc;
    this.#nowUs = nowUs;
    this.#time = libc.allocate(16);
    this.#words = new Uint32Array(this.#time.bytes.buffer);
    this.#read();
  }

  /**
   * @param machineUs microseconds since 1970
   * @param earliestUs nothing can have arrived before
   * @param nowUs nothing can have arrived later
   */
  toLoad(machineUs: number, earliestUs: number, nowUs: number): number {
    if (nowUs - this.#readAtUs > READ_EVERY_US) this.#read();
    const atUs = this.#turn(machineUs, nowUs);
    return atUs >= earliestUs && atUs <= nowUs ? atUs : this.#readAndTurn(machineUs, earliestUs, nowUs);
  }

  #readAndTurn(machineUs: number, earliestUs: number, nowUs: number): number {
    this.#read();
    return Math.max(earliestUs, Math.min(this.#turn(machineUs, nowUs), nowUs));
  }

  /** Of two possible times the later one counts, if it is not in the future: then no answer seems older than its question. */
  #turn(machineUs: number, nowUs: number): number {
    const atUs = machineUs - this.#aheadUs;
    if (machineUs > this.#eitherUntilUs) return atUs;
    const wasUs = machineUs - this.#aheadBeforeUs;
    const latestUs = Math.max(atUs, wasUs);
    return latestUs <= nowUs ? latestUs : Math.min(atUs, wasUs);
  }

  /** Reads both clocks, several times if need be. The reading that took the least time counts. */
  #read(): void {
    let [shortestUs, aheadUs, atUs] = [Infinity, 0, 0];
    for (let tries = 0; tries < TRIES && shortestUs > LONGEST_READING_US; tries++) {
      const beforeUs = this.#nowUs();
      this.#libc.clockGettime(CLOCK_REALTIME, this.#time.address);
      const afterUs = this.#nowUs();
      if (afterUs - beforeUs >= shortestUs) continue;
      shortestUs = afterUs - beforeUs;
      aheadUs = secondsUs(this.#words, 0) - (beforeUs + afterUs) / 2;
      atUs = afterUs;
    }
    const sureToUs = shortestUs / 2;
    const driftUs = (DRIFT_PER_S_US * (atUs - this.#readAtUs)) / 1_000_000;
    const byUs = aheadUs - this.#aheadUs;
    if (Math.abs(byUs) > LEAST_STEP_US + this.#sureToUs + sureToUs + driftUs) {
      this.steps.push({ atUs, byUs });
      this.#aheadBeforeUs = this.#aheadUs;
      this.#eitherUntilUs = atUs + aheadUs + Math.max(0, -byUs);
    }
    this.#aheadUs = aheadUs;
    this.#readAtUs = atUs;
    this.#sureToUs = sureToUs;
  }
}
