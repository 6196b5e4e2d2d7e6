import type { Ask } from './ask.js';
import type { Identity } from './dhcp-message.js';

/**
 * The latest request under each transaction id, over all networks: on the other side of a relay nothing else tells that a
 * message is the same. Where several clients use an id, their hardware addresses or DUIDs tell them apart.
 */
export class LatestAsks {
  readonly #latest = new Map<number, Ask | Map<string, Ask>>();

  /** A new request, or one that is sent under another id than before. */
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

  /** Of whoever uses that id alone. */
  under(family: 4 | 6, xid: number): Ask | undefined {
    const latest = this.#latest.get(keyOf(family, xid));
    return latest instanceof Map ? undefined : latest;
  }

  /** Of a client that is called so, or the only one under that id. */
  of(family: 4 | 6, xid: number, identity: Identity): Ask | undefined {
    const latest = this.#latest.get(keyOf(family, xid));
    return latest instanceof Map ? latest.get(nameOf(identity)) : latest;
  }

  /** It can neither be answered any more nor sent again. */
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

/** What a client is called, whatever else it says of itself. */
export function nameOf(identity: Identity): string {
  return identity.family === 4 ? identity.hardwareAddress : identity.duid;
}
