import type { Exchange, Reply } from './exchange.js';
import { identityOf } from './identities.js';
import type { Random } from './random.js';
import { phaseOf } from './transaction-table.js';

interface Message {
  transaction: number;
  client: number;
  /** What a second-phase message asks for. */
  offer: Reply | undefined;
  beganAtUs: number;
  /** How often it has left before. */
  retransmissions: number;
}

export interface Retransmitted {
  datagram: Uint8Array;
  retransmission: number;
  /** To the next one, milliseconds. */
  delayMs: number;
}

export interface MessagesRequest {
  exchange: Exchange;
  caseIndex: number;
  seed: number;
  clients: number;
  random: Random;
}

/** What the clients of a case say: a message for each transaction, and the same again with the time gone by. */
export class Messages {
  readonly #request: MessagesRequest;
  /** By client: when its first attempt began, and for how long it had been seeking at its last DISCOVER or SOLICIT. */
  readonly #startedAtUs: Float64Array;
  readonly #seekingMs: Float64Array;
  /** Those that may have to leave again. */
  readonly #kept = new Map<number, Message>();

  constructor(request: MessagesRequest) {
    this.#request = request;
    this.#startedAtUs = new Float64Array(request.clients).fill(-1);
    this.#seekingMs = new Float64Array(request.clients);
  }

  /** The message that begins a transaction. */
  first(transaction: number, client: number, offer: Reply | undefined, atUs: number): Uint8Array {
    if (this.#startedAtUs[client] === -1) this.#startedAtUs[client] = atUs;
    return this.#encode({ transaction, client, offer, beganAtUs: atUs, retransmissions: 0 }, atUs);
  }

  /** Keeps a message for its retransmissions; returns the delay to the first, milliseconds. */
  keep(transaction: number, client: number, offer: Reply | undefined, beganAtUs: number): number {
    this.#kept.set(transaction, { transaction, client, offer, beganAtUs, retransmissions: 0 });
    return this.#rule(transaction).next(0, this.#request.random());
  }

  forget(transaction: number): void {
    this.#kept.delete(transaction);
  }

  /** The message once more; undefined where it is not to leave any more. */
  again(transaction: number, atUs: number, beforeMs: number): Retransmitted | undefined {
    const message = this.#kept.get(transaction);
    const rule = this.#rule(transaction);
    if (message === undefined || message.retransmissions >= rule.maxRetransmissions) return undefined;
    message.retransmissions++;
    return {
      datagram: this.#encode(message, atUs),
      retransmission: message.retransmissions,
      delayMs: rule.next(beforeMs, this.#request.random()),
    };
  }

  #rule(transaction: number) {
    return this.#request.exchange.retransmission[phaseOf(transaction)];
  }

  #encode({ transaction, client, offer, beganAtUs }: Message, atUs: number): Uint8Array {
    const { exchange, seed, caseIndex } = this.#request;
    const identity = identityOf(seed, caseIndex, client);
    if (offer === undefined) {
      this.#seekingMs[client] = (atUs - (this.#startedAtUs[client] ?? atUs)) / 1_000;
    }
    const elapsed = { seekingMs: this.#seekingMs[client] ?? 0, exchangingMs: (atUs - beganAtUs) / 1_000 };
    return offer === undefined
      ? exchange.first(identity, transaction, elapsed)
      : exchange.second(identity, transaction, elapsed, offer);
  }
}
