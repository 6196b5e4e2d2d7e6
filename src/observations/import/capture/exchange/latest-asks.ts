import type { Ask } from './client.js';
import type { Identity } from '../message/dhcp-message.js';

/**
 * The latest request under each transaction id, over all networks. On the other side of a relay, only the id shows
 * that a message is the same. If several clients use one id, their hardware addresses or DUIDs tell them apart.
 */
export class LatestAsks {
  readonly #latest = new Map<number, Ask | Map<string, Ask>>();

  /** Notes a request that was sent: a new one, or one that was sent again, perhaps under another id. */
  take(ask: Ask): void {
    const key = keyOf(ask.family, ask.xid);
    const before = this.#latest.get(key);
    if (before instanceof Map) before.set(nameOf(ask.identity), ask);
    else if (before === undefined || before.client === ask.client) this.#latest.set(key, ask);
    else {
      const several = new Map([[nameOf(before.identity), before]]);
      this.#latest.set(key, several.set(nameOf(ask.identity), ask));
    }
  }

  /** The latest request under an id, if just one client uses it. */
  under(family: 4 | 6, xid: number): Ask | undefined {
    const latest = this.#latest.get(keyOf(family, xid));
    return latest instanceof Map ? undefined : latest;
  }

  /** The latest request under an id of the client with this identity, or of the only client that uses the id. */
  of(family: 4 | 6, xid: number, identity: Identity): Ask | undefined {
    const latest = this.#latest.get(keyOf(family, xid));
    return latest instanceof Map ? latest.get(nameOf(identity)) : latest;
  }

  /** Forgets a request that can no longer be answered or sent again. */
  forget(ask: Ask): void {
    const key = keyOf(ask.family, ask.xid);
    const latest = this.#latest.get(key);
    if (latest === ask) this.#latest.delete(key);
    else if (latest instanceof Map) {
      const name = nameOf(ask.identity);
      if (latest.get(name) === ask) latest.delete(name);
    }
  }
}

function keyOf(family: 4 | 6, xid: number): number {
  return family === 4 ? xid : xid + 2 ** 32;
}

/**
 * The part of an identity that tells clients with the same transaction id apart: the hardware address or the DUID.
 */
export function nameOf(identity: Identity): string {
  return identity.family === 4 ? identity.hardwareAddress : identity.duid;
}
