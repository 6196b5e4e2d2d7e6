import {
  CLIENTS,
  isInRelay,
  type ImpairableNetwork,
  type LinkEffect,
  type LinkRule,
  type PassedMessages,
  type PassedOnLink,
} from '../../faults/links.js';

/** One direction between the clients and a server. */
export interface ClientLink {
  /**
   * Lets a message pass as the faults say: not at all, later, or twice.
   *
   * @param deliver passes it on; called at once where no fault is active
   */
  pass: (deliver: () => void) => void;
}

/**
 * What faults do to messages between clients and servers. The harness passes them on itself, so this needs nothing of
 * the kernel.
 */
export class ClientLinks implements ImpairableNetwork {
  readonly #random: () => number;
  readonly #rules = new Map<number, readonly LinkRule[]>();
  /** The active effects of each direction, by its machines. */
  #effects = new Map<string, readonly LinkEffect[]>();
  readonly #onTheirWay = new Set<NodeJS.Timeout>();
  /** Of each direction that a fault did something to, by its machines. */
  readonly #passed = new Map<string, PassedMessages>();

  /** @param random from 0 to 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  impair(key: number, rules: readonly LinkRule[]): Promise<void> {
    this.#rules.set(key, rules);
    this.#gather();
    return Promise.resolve();
  }

  repair(key: number): Promise<void> {
    this.#rules.delete(key);
    this.#gather();
    return Promise.resolve();
  }

  /**
   * Both directions of the link between the clients and a server.
   *
   * @param server as reports name it: `dhcp4 server-1`
   */
  of(server: string): { out: ClientLink; in: ClientLink } {
    return { out: this.#direction(CLIENTS, server), in: this.#direction(server, CLIENTS) };
  }

  /** What became of messages while faults were active, for each of these servers that any concerned. */
  evidence(servers: readonly string[]): PassedOnLink[] {
    return servers.flatMap((server) => {
      const [toServer, toClients] = [
        this.#passed.get(nameOf(CLIENTS, server)),
        this.#passed.get(nameOf(server, CLIENTS)),
      ];
      if (toServer === undefined && toClients === undefined) return [];
      return [{ server, toServer: toServer ?? { ...NOTHING }, toClients: toClients ?? { ...NOTHING } }];
    });
  }

  #direction(from: string, to: string): ClientLink {
    const name = nameOf(from, to);
    return {
      pass: (deliver) => {
        const effects = this.#effects.get(name);
        if (effects === undefined) deliver();
        else this.#passAffected(effects, this.#counted(name), deliver);
      },
    };
  }

  #counted(name: string): PassedMessages {
    const found = this.#passed.get(name) ?? { ...NOTHING };
    this.#passed.set(name, found);
    return found;
  }

  #passAffected(effects: readonly LinkEffect[], passed: PassedMessages, deliver: () => void): void {
    passed.messages++;
    const happens = (percent: number | undefined): boolean =>
      percent !== undefined && 100 * this.#random() < percent;
    let [copies, delayMs] = [1, 0];
    for (const { losePercent, duplicatePercent, reorderPercent, ms } of effects) {
      if (happens(losePercent)) {
        passed.lost++;
        return;
      }
      if (happens(duplicatePercent)) copies = 2;
      if (reorderPercent === undefined || happens(reorderPercent)) delayMs += ms ?? 0;
    }
    if (copies > 1) passed.doubled++;
    if (delayMs > 0) passed.late++;
    for (let copy = 0; copy < copies; copy++) {
      if (delayMs === 0) deliver();
      else this.#later(deliver, delayMs);
    }
  }

  #later(deliver: () => void, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#onTheirWay.delete(timer);
      deliver();
    }, delayMs);
    this.#onTheirWay.add(timer);
  }

  /** Lets nothing arrive any more. */
  close(): void {
    for (const timer of this.#onTheirWay) clearTimeout(timer);
    this.#onTheirWay.clear();
  }

  #gather(): void {
    const effects = new Map<string, LinkEffect[]>();
    for (const { from, to, effect } of [...this.#rules.values()].flat()) {
      const name = nameOf(from, to);
      effects.set(name, [...(effects.get(name) ?? []), effect]);
    }
    this.#effects = effects;
  }
}

const NOTHING: Readonly<PassedMessages> = { messages: 0, lost: 0, doubled: 0, late: 0 };

function nameOf(from: string, to: string): string {
  return `${from} > ${to}`;
}

/** A network some of whose links are in the relay of the harness, and the others elsewhere. */
export function withClientLinks(
  clients: ClientLinks,
  others: ImpairableNetwork | undefined,
): ImpairableNetwork {
  return {
    async impair(key, rules) {
      await clients.impair(key, rules.filter(isInRelay));
      const elsewhere = rules.filter((rule) => !isInRelay(rule));
      if (elsewhere.length === 0) return;
      if (others === undefined) throw new Error('there are no links between these machines');
      await others.impair(key, elsewhere);
    },
    async repair(key) {
      await clients.repair(key);
      await others?.repair(key);
    },
    met: (key) => others?.met?.(key) ?? [],
  };
}
