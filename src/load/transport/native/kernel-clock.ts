import type { ClockStep } from '../transport.js';
import { secondsUs } from './headers.js';
import type { Libc, Memory } from './libc.js';

const CLOCK_REALTIME = 0;
/** Clocks that run apart by so much within a second are still one: NTP corrects by half a millisecond at most. */
const DRIFT_PER_S_US = 1_000;
/** A reading of both clocks that takes longer was interrupted, and says nothing. */
const LONGEST_READING_US = 50;

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

  constructor(libc: Pick<Libc, 'clockGettime' | 'allocate'>, nowUs: () => number) {
    this.#libc = libc;
    this.#nowUs = nowUs;
    this.#time = libc.allocate(16);
    this.#words = new Uint32Array(this.#time.bytes.buffer);
    for (let tries = 0; tries < 100 && Number.isNaN(this.#aheadUs); tries++) this.#read();
  }

  /**
   * @param machineUs microseconds since 1970
   * @param earliestUs nothing can have arrived before
   * @param nowUs nothing can have arrived later
   */
  toLoad(machineUs: number, earliestUs: number, nowUs: number): number {
    if (nowUs - this.#readAtUs > READ_EVERY_US) this.#read();
    const atUs = machineUs - this.#aheadUs;
    return atUs >= earliestUs && atUs <= nowUs ? atUs : this.#readAndTurn(machineUs, earliestUs, nowUs);
  }

  #readAndTurn(machineUs: number, earliestUs: number, nowUs: number): number {
    this.#read();
    return Math.max(earliestUs, Math.min(machineUs - this.#aheadUs, nowUs));
  }

  #read(): void {
    const beforeUs = this.#nowUs();
    this.#libc.clockGettime(CLOCK_REALTIME, this.#time.address);
    const afterUs = this.#nowUs();
    if (afterUs - beforeUs > LONGEST_READING_US) return;
    const aheadUs = secondsUs(this.#words, 0) - (beforeUs + afterUs) / 2;
    const apartUs = aheadUs - this.#aheadUs;
    const driftUs = LONGEST_READING_US + (DRIFT_PER_S_US * (afterUs - this.#readAtUs)) / 1_000_000;
    if (Math.abs(apartUs) > driftUs) this.steps.push({ atUs: afterUs, byUs: apartUs });
    this.#aheadUs = aheadUs;
    this.#readAtUs = afterUs;
  }
}
