import type { Ask } from './exchange/client.js';
import { isKnownToHold } from './exchange/clients.js';
import type { AnswerEvent } from './exchange/answer-event.js';
import { hex, type DhcpReply, type Lack } from './message/dhcp-message.js';
import type { Sights } from './network/sights.js';

/** Counts of a capture's traffic that the figures do not show. */
export interface TrafficCounts {
  /** Requests about leases. */
  requests: number;
  /** Requests for a new lease: DISCOVER, SOLICIT, BOOTREQUEST. */
  forNew: number;
  bootp: number;
  /** Messages that were captured before at another place on their way, such as the other side of a relay. */
  elsewhere: number;
  /** Answers that give or take leases, do not name their client, and belong to no captured request. */
  nameless: number;
  /** Answers whose request nobody captured. */
  unasked: number;
  /** Answers by servers that the request does not name, and the names of these servers. */
  byOthers: Readonly<Record<'refusals' | 'leases', { count: number; servers: readonly string[] }>>;
  /** Messages about no lease, by their usual names. */
  passed: ReadonlyMap<string, number>;
  /** Answers that lack something that they should have. */
  lacks: ReadonlyMap<Lack, number>;
}

const FOR_NEW: ReadonlySet<Ask['type']> = new Set(['discover', 'solicit', 'bootp']);

/** Counts while a capture is read. */
export class TrafficCounter {
  readonly #counts = { requests: 0, forNew: 0, bootp: 0, elsewhere: 0, nameless: 0, unasked: 0 };
  readonly #passed = new Map<string, number>();
  readonly #lacks = new Map<Lack, number>();
  /** The sights of servers that answered a request although it names another server. */
  readonly #byOthers = { refusals: [] as number[], leases: [] as number[] };

  passed(word: string): void {
    add(this.#passed, word);
  }

  asked({ type }: Ask): void {
    this.#counts.requests++;
    if (FOR_NEW.has(type)) this.#counts.forNew++;
    if (type === 'bootp') this.#counts.bootp++;
  }

  elsewhere(): void {
    this.#counts.elsewhere++;
  }

  nameless({ type }: DhcpReply): void {
    if (type !== 'offer' && type !== 'advertise') this.#counts.nameless++;
  }

  answered(event: AnswerEvent, { type, given, lacks }: DhcpReply, sight: number): void {
    const { ask, is } = event;
    for (const lack of lacks) if (!isNoLoss(lack, event)) add(this.#lacks, lack);
    if (ask === undefined) this.#counts.unasked++;
    if (is !== 'other-server') return;
    if (type === 'nak') this.#byOthers.refusals.push(sight);
    else if (given.some(({ kind }) => kind === 'lease')) this.#byOthers.leases.push(sight);
  }

  counts(sights: Sights): TrafficCounts {
    const { refusals, leases } = this.#byOthers;
    const told = (all: readonly number[]) => ({
      count: all.length,
      servers: [...new Set(all.map((sight) => sights.nameOf(sight)))],
    });
    return {
      ...this.#counts,
      byOthers: { refusals: told(refusals), leases: told(leases) },
      passed: this.#passed,
      lacks: this.#lacks,
    };
  }
}

/**
 * Whether it does not matter that an answer lacks something. A lease time need not be told again for a lease that its
 * client is known to hold: some servers answer an INFORM without it.
 */
function isNoLoss(lack: Lack, { client, reply, atUs }: AnswerEvent): boolean {
  return (
    lack === 'lease time' && client !== undefined && isKnownToHold(client, hex(reply?.given[0]?.lease), atUs)
  );
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
