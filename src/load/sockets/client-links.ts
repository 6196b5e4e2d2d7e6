import {
  CLIENTS,
  isInRelay,
  type ImpairableNetwork,
  type LinkEffect,
  type LinkRule,
  type MetOnLink,
  type PassedMessages,
  type PassedOnLink,
} from '../../faults/links.js';

/** One direction between the clients and a server. */
export interface ClientLink {
  /** Whether a fault does something to its messages now. */
  readonly isAffected: boolean;
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
  readonly #nowUs: () => number;
  readonly #rules = new Map<number, readonly LinkRule[]>();
  /** The active effects of each direction, by its machines. */
  #effects = new Map<string, readonly ActiveEffect[]>();
  /** Messages that are still on their way, the earliest first. */
  readonly #onTheirWay: { atUs: number; deliver: () => void; passed: PassedMessages }[] = [];
  /** Of each direction that a fault did something to, by its machines. */
  readonly #passed = new Map<string, PassedMessages>();
  /** What each rule of a fault met. */
  readonly #met = new Map<number, readonly Met[]>();

  /**
   * @param random from 0 to 1
   * @param nowUs the load's clock, microseconds
   */
  constructor(random: () => number, nowUs: () => number) {
    this.#random = random;
    this.#nowUs = nowUs;
  }

  /** When the next message that was held back is due; Infinity where none is. */
  get nextAtUs(): number {
    return this.#onTheirWay[0]?.atUs ?? Infinity;
  }

  /** Delivers the messages that are due. */
  advance(nowUs: number): void {
    while (this.nextAtUs <= nowUs) this.#onTheirWay.shift()?.deliver();
  }

  impair(key: number, rules: readonly LinkRule[]): Promise<void> {
    this.#rules.set(key, rules);
    this.#met.set(
      key,
      rules.map(({ from, to }) => ({ from, to, packets: 0, dropped: 0, affected: 0 })),
    );
    this.#gather();
    return Promise.resolve();
  }

  repair(key: number): Promise<void> {
    this.#rules.delete(key);
    this.#gather();
    return Promise.resolve();
  }

  met(key: number): readonly MetOnLink[] {
    return this.#met.get(key) ?? [];
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
    const effects = () => this.#effects.get(name);
    return {
      get isAffected() {
        return effects() !== undefined;
      },
      pass: (deliver) => {
        const active = effects();
        if (active === undefined) deliver();
        else this.#passAffected(active, this.#counted(name), deliver);
      },
    };
  }

  #counted(name: string): PassedMessages {
    const found = this.#passed.get(name) ?? { ...NOTHING };
    this.#passed.set(name, found);
    return found;
  }

  #passAffected(effects: readonly ActiveEffect[], passed: PassedMessages, deliver: () => void): void {
    passed.messages++;
    const happens = (percent: number | undefined): boolean =>
      percent !== undefined && 100 * this.#random() < percent;
    let [copies, delayMs] = [1, 0];
    for (const { met, losePercent, duplicatePercent, reorderPercent, ms = 0 } of effects) {
      met.packets++;
      if (happens(losePercent)) {
        met.dropped++;
        met.affected++;
        passed.lost++;
        return;
      }
      const isDoubled = happens(duplicatePercent);
      const lateMs = reorderPercent === undefined || happens(reorderPercent) ? ms : 0;
      if (isDoubled) copies = 2;
      delayMs += lateMs;
      if (isDoubled || lateMs > 0) met.affected++;
    }
    if (copies > 1) passed.doubled++;
    if (delayMs > 0) passed.late++;
    for (let copy = 0; copy < copies; copy++) {
      if (delayMs === 0) deliver();
      else this.#later(deliver, delayMs, passed);
    }
  }

  #later(deliver: () => void, delayMs: number, passed: PassedMessages): void {
    const atUs = this.#nowUs() + delayMs * 1_000;
    // Of two that are due at the same time, the first stays the first.
    let place = this.#onTheirWay.length;
    while (place > 0 && (this.#onTheirWay[place - 1]?.atUs ?? 0) > atUs) place--;
    this.#onTheirWay.splice(place, 0, { atUs, deliver, passed });
  }

  /** Lets nothing arrive any more. What is still on its way is lost. */
  close(): void {
    for (const { passed } of this.#onTheirWay.splice(0)) {
      passed.late--;
      passed.lost++;
    }
  }

  #gather(): void {
    const effects = new Map<string, ActiveEffect[]>();
    for (const [key, rules] of this.#rules)
      for (const [index, { from, to, effect }] of rules.entries()) {
        const met = this.#met.get(key)?.[index];
        const name = nameOf(from, to);
        if (met !== undefined) effects.set(name, [...(effects.get(name) ?? []), { ...effect, met }]);
      }
    this.#effects = effects;
  }
}

/** What a rule met, counted so far. */
type Met = MetOnLink & { affected: number };

/** What a fault does to the messages of a direction, and the count of what it met there. */
interface ActiveEffect extends LinkEffect {
  met: Met;
}

const NOTHING: Readonly<PassedMessages> = { messages: 0, lost: 0, doubled: 0, late: 0 };

function nameOf(from: string, to: string): string {
  return `${from} > ${to}`;
}

/** A network some of whose links are in the relay of the harness, and the others elsewhere. */
export function withClientLinks(
  clients: ImpairableNetwork,
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
    met: (key) => [...(clients.met?.(key) ?? []), ...(others?.met?.(key) ?? [])],
  };
}
