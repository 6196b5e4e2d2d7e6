import type { Answer, Sent } from '../../../observations/observation.js';
import { STARTING_PHASES } from '../../../protocol/phases.js';
import { Column } from '../../fold/columns.js';

/** Counts the attempts of clients to get a lease. Each is told with its server and the time when it began. */
export interface AttemptCount {
  began?(server: number, atUs: number): void;
  /** The attempt got a lease in time. */
  served?(server: number, beganAtUs: number): void;
  /** It got none before its client began another one, or at all. */
  inVain?(server: number, beganAtUs: number): void;
}

/** Follows the attempts of the clients of one case, the last one of each client. */
export class Attempts {
  readonly #counts: readonly AttemptCount[];
  /** By client: its last attempt, 0 for none that is open; when that began, and at which server. */
  readonly #attempt = new Column(Int32Array);
  readonly #beganAtUs = new Column(Float64Array);
  readonly #server = new Column(Int32Array);

  constructor(counts: readonly AttemptCount[]) {
    this.#counts = counts;
  }

  /** A client sent a message. */
  sent({ phase, retransmission, client, attempt, server, sentAtUs }: Sent): void {
    if (retransmission > 0 || !STARTING_PHASES.has(phase)) return;
    this.#close(client, 'inVain');
    this.#attempt.set(client, attempt);
    this.#beganAtUs.set(client, sentAtUs);
    this.#server.set(client, server);
    for (const count of this.#counts) count.began?.(server, sentAtUs);
  }

  /** A committing answer gave a lease in time. It does not count if its client has begun another attempt since. */
  granted({ client, attempt }: Answer): void {
    if (client >= 0 && this.#attempt.get(client) === attempt) this.#close(client, 'served');
  }

  /** No client sends anything any more: the attempts that are still open were in vain. */
  end(): void {
    for (let client = 0; client < this.#attempt.length; client++) this.#close(client, 'inVain');
  }

  #close(client: number, how: 'served' | 'inVain'): void {
    if (this.#attempt.get(client) === 0) return;
    this.#attempt.set(client, 0);
    const server = this.#server.get(client);
    for (const count of this.#counts) count[how]?.(server, this.#beganAtUs.get(client));
  }
}
