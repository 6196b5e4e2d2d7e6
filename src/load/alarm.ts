/** One millisecond: what Node's timers resolve. */
const TICK_MS = 1;

/** A sleep until something is due, which ends earlier when something else turns out to be due before. */
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

  /** Sleeps until `atUs`, at least a tick. */
  async sleepUntil(atUs: number): Promise<void> {
    if (this.#signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#set(atUs);
    });
    clearTimeout(this.#timer);
    this.#wake = undefined;
  }

  /** Lets the datagrams that have arrived be read, where more is due than was done at once. */
  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Something is due then. */
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

/** setTimeout takes no more; whoever sleeps looks again then. */
const LONGEST_MS = 60_000;
