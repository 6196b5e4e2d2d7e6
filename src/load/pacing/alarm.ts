/** The resolution of Node's timers, milliseconds. */
const TICK_MS = 1;

/** Sleeps until something is due. A sleep ends earlier if `isDue` reports something earlier. */
export class Alarm {
  readonly #nowUs: () => number;
  readonly #signal: AbortSignal;
  #atUs = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /**
   * @param nowUs the load's clock, microseconds
   * @param signal ends every sleep when it is aborted
   */
  constructor(nowUs: () => number, signal: AbortSignal) {
    this.#nowUs = nowUs;
    this.#signal = signal;
    signal.addEventListener('abort', this.#ring, { once: true });
  }

  /** Sleeps until `atUs`, at least a millisecond and at most a minute. */
  async sleepUntil(atUs: number): Promise<void> {
    if (this.#signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#set(atUs);
    });
    clearTimeout(this.#timer);
    this.#wake = undefined;
  }

  /** Lets Node read the datagrams that have arrived, before more due work is done. */
  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Reports that something is due at `atUs`. A sleep that would end later ends then. */
  isDue(atUs: number): void {
    if (this.#wake !== undefined && atUs < this.#atUs) this.#set(atUs);
  }

  readonly #ring = (): void => this.#wake?.();

  #set(atUs: number): void {
    clearTimeout(this.#timer);
    this.#atUs = atUs;
    const waitMs = Math.min((atUs - this.#nowUs()) / 1_000, LONGEST_MS);
    this.#timer = setTimeout(this.#ring, Math.max(TICK_MS, waitMs));
  }
}

/**
 * The longest single sleep, milliseconds: setTimeout can't wait for Infinity. The caller looks at the clock again
 * then.
 */
const LONGEST_MS = 60_000;
