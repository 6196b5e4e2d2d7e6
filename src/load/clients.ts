/** What is kept of each client while it seeks a lease, in typed arrays: 8 bytes each. */
export class Clients {
  readonly #attempts: Uint16Array;
  /** When its first attempt began, milliseconds and one, as 0 is for those that have not. */
  readonly #startedMs: Uint32Array;
  readonly #seekingS: Uint16Array;

  constructor(clients: number) {
    this.#attempts = new Uint16Array(clients);
    this.#startedMs = new Uint32Array(clients);
    this.#seekingS = new Uint16Array(clients);
  }

  attemptsOf(client: number): number {
    return this.#attempts[client] ?? 0;
  }

  /** Counts one more attempt, and returns how many that makes. */
  startAttempt(client: number): number {
    const attempt = this.attemptsOf(client) + 1;
    this.#attempts[client] = attempt;
    return attempt;
  }

  /** Whole seconds from a client's first message of all to its latest DISCOVER or SOLICIT, at most 65,535. */
  seekingS(client: number): number {
    return this.#seekingS[client] ?? 0;
  }

  /** A DISCOVER or SOLICIT leaves. */
  seeks(client: number, atUs: number): void {
    const startedMs = this.#startedMs[client] ?? 0;
    if (startedMs === 0) {
      this.#startedMs[client] = Math.ceil(atUs / 1_000) + 1;
      return;
    }
    const seekingMs = Math.max(0, atUs / 1_000 - (startedMs - 1));
    this.#seekingS[client] = Math.min(Math.floor(seekingMs / 1_000), 0xffff);
  }
}
