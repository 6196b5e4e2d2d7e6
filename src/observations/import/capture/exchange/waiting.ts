import type { DhcpReply } from '../message/dhcp-message.js';
import { nameOf } from './latest-asks.js';
import type { ServerSight } from '../network/sights.js';

/** A reply whose request has not come so far. */
export interface Waiting {
  reply: DhcpReply;
  from: ServerSight;
  /** The way of the reply (see `wayOf`). */
  way: number;
  network: string;
  heardIn: string | undefined;
  atUs: number;
}

/** The queue is shortened once more than this many of its first places are used up. */
const SLACK = 1_024;

/** Replies whose requests have not come so far, in the order in which they came. */
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

  /** The waiting replies with this transaction id, of both protocols. */
  under(xid: number): readonly Waiting[] {
    return [...(this.#byXid.get(xid) ?? [])];
  }

  /** The waiting replies for the client with this name (see `nameOf`). */
  for(name: string): readonly Waiting[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  remove(one: Waiting): void {
    removeFrom(this.#byXid, one.reply.xid, one);
    removeFrom(this.#byName, nameOf(one.reply.identity), one);
  }

  /** Takes out the replies that came until a time, in their order. */
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
