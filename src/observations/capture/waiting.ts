import type { DhcpReply } from './dhcp-message.js';
import { nameOf } from './latest-asks.js';
import type { ServerSight } from './sights.js';

/** A reply whose request did not come so far. */
export interface Waiting {
  reply: DhcpReply;
  from: ServerSight;
  /** From where to where it went. */
  way: number;
  network: string;
  heardIn: string | undefined;
  atUs: number;
}

/** So many places that were given up are kept before the queue is moved up. */
const SLACK = 1_024;

/** Replies whose requests did not come so far, in the order in which they came. */
export class WaitingReplies {
  #queue: Waiting[] = [];
  #head = 0;
  readonly #byXid = new Map<number, Set<Waiting>>();
  readonly #byName = new Map<string, Set<Waiting>>();

  add(one: Waiting): void {
    this.#queue.push(one);
    addTo(this.#byXid, one.reply.xid, one);
    addTo(this.#byName, nameOf(one.reply.identity), one);
  }

  /** Those with this transaction id, in whatever protocol. */
  under(xid: number): readonly Waiting[] {
    return [...(this.#byXid.get(xid) ?? [])];
  }

  /** Those for a client that is called so. */
  for(name: string): readonly Waiting[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  remove(one: Waiting): void {
    removeFrom(this.#byXid, one.reply.xid, one);
    removeFrom(this.#byName, nameOf(one.reply.identity), one);
  }

  /** Takes out those that came until then, in their order. */
  until(atUs: number): readonly Waiting[] {
    const out: Waiting[] = [];
    for (
      let one = this.#queue[this.#head];
      one !== undefined && one.atUs <= atUs;
      one = this.#queue[++this.#head]
    ) {
      if (this.#byXid.get(one.reply.xid)?.has(one) !== true) continue;
      this.remove(one);
      out.push(one);
    }
    if (this.#head > SLACK && 2 * this.#head > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return out;
  }
}

function addTo<K>(sets: Map<K, Set<Waiting>>, key: K, one: Waiting): void {
  const same = sets.get(key);
  if (same === undefined) sets.set(key, new Set([one]));
  else same.add(one);
}

function removeFrom<K>(sets: Map<K, Set<Waiting>>, key: K, one: Waiting): void {
  const same = sets.get(key);
  same?.delete(one);
  if (same?.size === 0) sets.delete(key);
}
