import type { Ask } from './ask.js';
import type { Identity } from './dhcp-message.js';

/**
 * The latest request under each transaction id, over all networks: on the other side of a relay nothing else tells that a
 * message is the same. Where several clients use an id, their hardware addresses or DUIDs tell them apart.
 */
export class LatestAsks {
  /** Null where several clients use it. */
  readonly #latest = new Map<number, Ask | null>();
  readonly #ofSeveral = new Map<string, Ask>();

  /** A new request, or one that is sent under another id than before. */
  take(ask: Ask): void {
    const key = keyOf(ask.family, ask.xid);
    const before = this.#latest.get(key);
    if (before === undefined || before?.client === ask.client) {
      this.#latest.set(key, ask);
      return;
    }
    if (before !== null) {
      this.#ofSeveral.set(nameOf(before.family, before.xid, before.identity), before);
      this.#latest.set(key, null);
    }
    this.#ofSeveral.set(nameOf(ask.family, ask.xid, ask.identity), ask);
  }

  /** Of whoever uses that id alone. */
  under(family: 4 | 6, xid: number): Ask | undefined {
    return this.#latest.get(keyOf(family, xid)) ?? undefined;
  }

  /** Of a client that is called so, or the only one under that id. */
  of(family: 4 | 6, xid: number, identity: Identity): Ask | undefined {
    const latest = this.#latest.get(keyOf(family, xid));
    return latest === null ? this.#ofSeveral.get(nameOf(family, xid, identity)) : latest;
  }

  /** It can neither be answered any more nor sent again. */
  forget(ask: Ask): void {
    const key = keyOf(ask.family, ask.xid);
    if (this.#latest.get(key) === ask) this.#latest.delete(key);
    if (this.#latest.get(key) !== null) return;
    const name = nameOf(ask.family, ask.xid, ask.identity);
    if (this.#ofSeveral.get(name) === ask) this.#ofSeveral.delete(name);
  }
}

function keyOf(family: 4 | 6, xid: number): number {
  return family === 4 ? xid : xid + 2 ** 32;
}

function nameOf(family: 4 | 6, xid: number, identity: Identity): string {
  return `${keyOf(family, xid)} ${identity.family === 4 ? identity.hardwareAddress : identity.duid}`;
}
