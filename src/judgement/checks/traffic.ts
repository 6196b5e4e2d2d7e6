import { OFFERING_PHASES, type Phase } from '../../protocol/phases.js';
import type { Answer } from '../../observations/observation.js';

/** Messages that came from one server. */
export interface ReceivedMessages {
  /** OFFERs, ADVERTISEs */
  offers: number;
  /** ACKs, REPLYs */
  replies: number;
  naks: number;
  /**
   * Messages that could not be decoded, were for another client, came from another server than the one asked, or
   * named a transaction that never began.
   */
  unread: number;
}

/** The kinds of messages that a phase's answers have. NAKs are counted apart. */
export type ReplyKind = 'offers' | 'replies';

/** What a server sends in a phase. */
export function kindOfReply(phase: Phase): ReplyKind {
  return OFFERING_PHASES.has(phase) ? 'offers' : 'replies';
}

/** Counts the messages of each server, also extra ones. The audit compares them with what the server says it sent. */
export class Traffic {
  readonly #servers: ReceivedMessages[];
  readonly #sent: number[];
  readonly #lastAtUs: (number | undefined)[] = [];

  constructor(servers: number) {
    this.#sent = Array.from({ length: servers }, () => 0);
    this.#servers = Array.from({ length: servers }, () => ({ offers: 0, replies: 0, naks: 0, unread: 0 }));
  }

  /** @param reply what a server sends in the answer's phase */
  read({ fromServer, kind, receivedAtUs }: Answer, reply: ReplyKind): void {
    const server = this.#servers[fromServer];
    if (server === undefined) return;
    this.#lastAtUs[fromServer] = receivedAtUs;
    if (kind === 'nak') server.naks++;
    else if (kind === 'offer' || reply === 'offers') server.offers++;
    else server.replies++;
  }

  /** A message was sent to a server, for the first time or again. */
  sent(server: number): void {
    this.#sent[server] = (this.#sent[server] ?? 0) + 1;
  }

  /** How many messages were sent to a server. */
  sentTo(server: number): number {
    return this.#sent[server] ?? 0;
  }

  unread(fromServer: number): void {
    const server = this.#servers[fromServer];
    if (server !== undefined) server.unread++;
  }

  /** When the last message of a server came, microseconds; undefined if none came. */
  lastAtUs(server: number): number | undefined {
    return this.#lastAtUs[server];
  }

  /** The messages of each server. */
  get received(): readonly Readonly<ReceivedMessages>[] {
    return this.#servers;
  }
}
