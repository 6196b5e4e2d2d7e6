import type { Ask, Client } from './client.js';
import { NO_ASKS } from './clients.js';

/** A list of up to this many requests is searched one by one. A client with more requests has an index. */
const FEW = 16;

/** The recent requests of each client. Nearly every client has one or two; a few have thousands. */
export class AsksOfClients {
  readonly #many = new Map<Client, ManyAsks>();

  add(client: Client, ask: Ask): void {
    const many = this.#many.get(client);
    if (many !== undefined) {
      many.add(ask);
      return;
    }
    client.asks = withOne(client.asks, ask);
    if (client.asks.length <= FEW) return;
    const index = new ManyAsks();
    for (const one of client.asks) index.add(one);
    this.#many.set(client, index);
    client.asks = NO_ASKS;
  }

  remove(client: Client, ask: Ask): void {
    const many = this.#many.get(client);
    if (many === undefined) client.asks = withoutOne(client.asks, ask);
    else if (many.remove(ask) === 0) this.#many.delete(client);
  }

  /**
   * The requests of a client that may have this transaction id, the latest last. Check the id: without an index these
   * are all requests of the client.
   */
  under(client: Client, xid: number): readonly Ask[] {
    return this.#many.get(client)?.under(xid) ?? client.asks;
  }

  /** The client's latest request with the same message type and content. */
  like(client: Client, word: string, content: string): Ask | undefined {
    const many = this.#many.get(client);
    if (many !== undefined) return many.like(word, content);
    return client.asks.findLast((ask) => ask.word === word && ask.content === content);
  }

  /** Notes that a request was sent again under another transaction id. */
  renamed(client: Client, ask: Ask, xid: number): void {
    (ask.otherXids ??= []).push(ask.xid);
    ask.xid = xid;
    this.#many.get(client)?.alsoUnder(ask, xid);
  }
}

class ManyAsks {
  #count = 0;
  readonly #byXid = new Map<number, Ask[]>();
  readonly #like = new Map<string, Ask>();

  add(ask: Ask): void {
    this.#count++;
    for (const xid of [ask.xid, ...(ask.otherXids ?? [])]) this.alsoUnder(ask, xid);
    this.#like.set(likeness(ask.word, ask.content), ask);
  }

  /** @returns how many requests are left */
  remove(ask: Ask): number {
    for (const xid of new Set([ask.xid, ...(ask.otherXids ?? [])])) {
      const left = this.under(xid).filter((one) => one !== ask);
      if (left.length === 0) this.#byXid.delete(xid);
      else this.#byXid.set(xid, left);
    }
    const key = likeness(ask.word, ask.content);
    if (this.#like.get(key) === ask) this.#like.delete(key);
    return --this.#count;
  }

  under(xid: number): readonly Ask[] {
    return this.#byXid.get(xid) ?? NO_ASKS;
  }

  alsoUnder(ask: Ask, xid: number): void {
    const known = this.#byXid.get(xid);
    if (known === undefined) this.#byXid.set(xid, [ask]);
    else if (!known.includes(ask)) known.push(ask);
  }

  like(word: string, content: string): Ask | undefined {
    return this.#like.get(likeness(word, content));
  }
}

function likeness(word: string, content: string): string {
  return `${word} ${content}`;
}

/** Makes a new array. `push` would reserve room for many more requests, and there are too many clients for that. */
function withOne(asks: readonly Ask[], one: Ask): readonly Ask[] {
  return asks.length === 0 ? [one] : [...asks, one];
}

function withoutOne(asks: readonly Ask[], one: Ask): readonly Ask[] {
  if (asks.length === 1 && asks[0] === one) return NO_ASKS;
  return asks.filter((other) => other !== one);
}
