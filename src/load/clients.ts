/** What the journal can count, a field of 16 bits. */
const MOST_ATTEMPTS = 0xffff;

/** What is kept of each client while it seeks a lease, in typed arrays: 8 bytes each, 10 where they come back for another. */
export class Clients {
  readonly #attempts: Uint16Array;
  /** When it began to seek, milliseconds and one, as 0 is for those that have not. */
  readonly #startedMs: Uint32Array;
  readonly #seekingS: Uint16Array;
  /** How many attempts it took to the last lease, and before; absent until somebody has one. */
  #attemptsBefore: Uint16Array | undefined;

  constructor(clients: number) {
    this.#attempts = new Uint16Array(clients);
    this.#startedMs = new Uint32Array(clients);
    this.#seekingS = new Uint16Array(clients);
  }

  get count(): number {
    return this.#attempts.length;
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

  /** Whether it may make one more, of so many for a lease. */
  mayAttempt(client: number, maxAttempts: number): boolean {
    const attempts = this.attemptsOf(client);
    return attempts < MOST_ATTEMPTS && attempts - (this.#attemptsBefore?.[client] ?? 0) < maxAttempts;
  }

  /** It has a lease: should it seek another, it begins anew. */
  leased(client: number): void {
    this.#attemptsBefore ??= new Uint16Array(this.#attempts.length);
    this.#attemptsBefore[client] = this.attemptsOf(client);
    this.#startedMs[client] = 0;
    this.#seekingS[client] = 0;
  }

  /** Whole seconds from a client's first message of all, or since its last lease, to its latest DISCOVER or SOLICIT, at most 65,535. */
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
