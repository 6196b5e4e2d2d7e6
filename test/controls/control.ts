import type { ControlRun } from './control-run.js';
import type { Found } from './found.js';
import type { Kind } from './wire/kinds.js';
import type { LeaseBytes, Message } from './wire/message.js';

type Instead = readonly Message[] | Promise<readonly Message[]>;

/**
 * `amid`: one with others before and after it, whose server gives it what it asked for. Servers may offer one lease to two
 * clients. One of them is then given another lease; without its answer, both possibly hold the one that was offered.
 * `last`: the last one to be granted a lease, or to request one.
 */
export type Victim = 'amid' | 'last';

/** A fault planted in a real run, and all findings that the harness must have of it. */
export interface Control {
  /** Such as `an ACK or REPLY that was never stored`. */
  what: string;
  /** The cases in which the nightly script runs the control. */
  kinds: readonly Kind[];
  /** The cases, all of them in `kinds`, in which every `npm test` runs the control. */
  always: readonly Kind[];
  /** The client that the control affects. */
  victim: Victim;
  settings?: readonly string[];
  /** The datagrams that the client gets instead of a server's grant. */
  grant?: (grant: Grant, run: ControlRun) => Instead;
  /** The datagrams that the server gets instead of a client's REQUEST. */
  request?: (request: Message, run: ControlRun) => Instead;
  found: (run: ControlRun) => Found;
}

export interface Grant {
  message: Message;
  toVictim: boolean;
  /** How many grants this client has been sent, this one included. */
  times: number;
}

/** What the server granted to a client, even if the client was told something else. */
export interface Granted {
  message: Message;
  /** Such as `server-2`. */
  server: string;
  bytes: LeaseBytes;
  /** The lease as results write it. */
  lease: string;
}
