import type { Clients } from '../engine/clients.js';
import { NO_LEASE, STEP, type Elapsed, type Exchange, type Held, type Reply } from './exchange.js';
import type { Exchanges } from './exchanges.js';
import type { ClientIdentity, IdentitySource } from '../identities/identities.js';
import { sameBytes } from './bytes.js';
import type { Leases } from '../engine/leases.js';
import { relayOf } from '../sockets/relays.js';
import { ServerIds } from './server-ids.js';
import { TransactionIds } from '../engine/transaction-ids.js';
import type { TransactionTable } from '../engine/transaction-table.js';

export interface MessagesRequest {
  exchange: Pick<Exchange, 'idBits'>;
  exchanges: Exchanges;
  servers: number;
  identities: IdentitySource;
  /** Decides the order of transaction ids. */
  seed: number;
  /** Bits of a transaction id; by default as many as the protocol has. */
  idBits?: number | undefined;
  table: TransactionTable;
  clients: Clients;
  /** Absent where clients do nothing with their leases. */
  leases: Leases | undefined;
}

const NOTHING_HELD: Held = { serverId: NO_LEASE, leases: [] };

/**
 * Makes the messages of the clients of a case: one for each transaction, and again for each retransmission, with the
 * time that has passed by then. A REQUEST is made from an offer that is soon gone, so it is kept for as long as it
 * may leave. Any other message can be made whenever it is needed.
 */
export class Messages {
  readonly #exchanges: Exchanges;
  readonly #servers: number;
  readonly #table: TransactionTable;
  readonly #clients: Clients;
  readonly #leases: Leases | undefined;
  readonly #identities: IdentitySource;
  readonly #ids: TransactionIds;
  readonly #serverIds = new ServerIds();
  readonly #kept = new Map<number, Uint8Array>();
  readonly #elapsed: Elapsed = { seekingS: 0, exchangingMs: 0 };

  constructor({
    exchange,
    exchanges,
    servers,
    identities,
    seed,
    idBits,
    table,
    clients,
    leases,
  }: MessagesRequest) {
    this.#exchanges = exchanges;
    this.#servers = servers;
    this.#table = table;
    this.#clients = clients;
    this.#leases = leases;
    this.#identities = identities;
    this.#ids = new TransactionIds(idBits ?? exchange.idBits, seed);
  }

  /** The transaction that owns this transaction id, or -1. */
  transactionOf(id: number): number {
    const number = this.#ids.numberOf(id);
    return number === -1 ? -1 : this.#table.withId(number);
  }

  /** Whether a reply is for the client of a transaction; identifiers are compared byte for byte. */
  isFor(reply: Reply, transaction: number): boolean {
    return reply.isFor(this.#identities.of(this.#table.clientOf(transaction)));
  }

  /**
   * Whether a reply is for the client that had the transaction's id before. Nobody waits for such an answer any more.
   */
  wasFor(reply: Reply, transaction: number): boolean {
    const client = this.#table.clientBefore(transaction);
    return client !== -1 && reply.isFor(this.#identities.of(client));
  }

  /**
   * Whether a reply that gives a lease carries the identifier of the server that the transaction's message names.
   * True where the message names no server. A refusal is not compared: Kea 2.2 ignores a configured
   * `dhcp-server-identifier` in a NAK, and puts its own address there.
   */
  isByNamed({ kind, serverId }: Reply, transaction: number): boolean {
    if (kind !== 'lease' && kind !== 'partial') return true;
    const named = this.#serverIds.at(this.#table.namedBy(transaction));
    return named === undefined || sameBytes(named, serverId);
  }

  /** Makes a DISCOVER or SOLICIT that leaves now, for the first time or again. */
  first(transaction: number, atUs: number): Uint8Array {
    const client = this.#table.clientOf(transaction);
    this.#clients.seeks(client, atUs);
    const id = this.#idOf(transaction);
    const identity = this.#identities.of(client);
    return this.#through(client, identity).first(identity, id, this.#elapsedOf(transaction, atUs));
  }

  /** Makes the REQUEST for what was offered. */
  second(transaction: number, offer: Reply): Uint8Array {
    const client = this.#table.clientOf(transaction);
    this.#elapsed.seekingS = this.#clients.seekingS(client);
    this.#elapsed.exchangingMs = 0;
    this.#table.name(transaction, this.#serverIds.indexOf(offer.serverId));
    const identity = this.#identities.of(client);
    return this.#through(client, identity).second(identity, this.#idOf(transaction), this.#elapsed, offer);
  }

  /** Makes a client's message about the lease that it holds, for the first time or again. */
  holding(transaction: number, atUs: number): Uint8Array {
    const client = this.#table.clientOf(transaction);
    const step = this.#table.stepOf(transaction);
    const held = this.#leases?.of(client) ?? NOTHING_HELD;
    const identity = this.#identities.of(client);
    const exchange = this.#through(client, identity);
    // A RENEW names its server, except where clients also send it to other servers: then it names none.
    if (step === STEP.renew && exchange.roamsBy !== STEP.renew)
      this.#table.name(transaction, this.#serverIds.indexOf(held.serverId));
    return exchange.holding(
      step,
      identity,
      this.#ids.idOf(transaction),
      this.#elapsedOf(transaction, atUs),
      held,
    );
  }

  /** Makes a transaction's message once more. */
  again(transaction: number, atUs: number): Uint8Array {
    const kept = this.#kept.get(transaction);
    if (kept !== undefined) {
      const client = this.#table.clientOf(transaction);
      const exchange = this.#through(client, this.#identities.of(client));
      return exchange.again(kept, this.#elapsedOf(transaction, atUs));
    }
    return this.#table.stepOf(transaction) < STEP.renew
      ? this.first(transaction, atUs)
      : this.holding(transaction, atUs);
  }

  /** Keeps a copy of a message that may leave later, or again. */
  keep(transaction: number, message: Uint8Array): void {
    this.#kept.set(transaction, Uint8Array.from(message));
  }

  kept(transaction: number): Uint8Array | undefined {
    return this.#kept.get(transaction);
  }

  forget(transaction: number): void {
    this.#kept.delete(transaction);
  }

  #idOf(transaction: number): number {
    return this.#ids.idOf(this.#table.leaderOf(transaction));
  }

  /** The exchange through the client's relay, for identities of this shape. */
  #through(client: number, identity: ClientIdentity): Exchange {
    return this.#exchanges.of(relayOf(client, this.#servers, this.#exchanges.relays), identity);
  }

  #elapsedOf(transaction: number, atUs: number): Elapsed {
    this.#elapsed.seekingS = this.#clients.seekingS(this.#table.clientOf(transaction));
    this.#elapsed.exchangingMs = Math.max(0, atUs / 1_000 - this.#table.movedMs(transaction));
    return this.#elapsed;
  }
}
