/** The most attempts that the journal can count, in a field of 16 bits. */
const MOST_ATTEMPTS = 0xffff;

/**
 * What is kept of each client while it seeks a lease, in typed arrays. It takes 8 bytes a client, or 10 where clients
 * seek another lease later.
 */
export class Clients {
  readonly #attempts: Uint16Array;
  /**
   * When each client began to seek a lease: milliseconds of the load's clock plus 1, or 0 for a client that has not
   * begun.
   */
  readonly #startedMs: Uint32Array;
  readonly #seekingS: Uint16Array;
  /** How many attempts each client had made when it got its last lease; absent until a client has one. */
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

  /** Counts an attempt that starts, and returns its number. */
  startAttempt(client: number): number {
    const attempt = this.attemptsOf(client) + 1;
    this.#attempts[client] = attempt;
    return attempt;
  }

  /** Whether the client may make another attempt. For one lease it makes `maxAttempts` at most. */
  mayAttempt(client: number, maxAttempts: number): boolean {
    const attempts = this.attemptsOf(client);
    return attempts < MOST_ATTEMPTS && attempts - (this.#attemptsBefore?.[client] ?? 0) < maxAttempts;
  }

  /** The client has a lease. If it seeks another, its attempts and seconds are counted anew. */
  leased(client: number): void {
    this.#attemptsBefore ??= new Uint16Array(this.#attempts.length);
    this.#attemptsBefore[client] = this.attemptsOf(client);
    this.#startedMs[client] = 0;
    this.#seekingS[client] = 0;
  }

  /**
   * Whole seconds from a client's first DISCOVER or SOLICIT since its last lease to its latest one, at most 65,535.
   */
  seekingS(client: number): number {
    return this.#seekingS[client] ?? 0;
  }

  /** A DISCOVER or SOLICIT of the client leaves. */
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
