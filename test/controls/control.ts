import type { ControlRun } from './control-run.js';
import type { Found } from './found.js';
import type { Kind } from './wire/kinds.js';
import type { LeaseBytes, Message } from './wire/message.js';

type Instead = readonly Message[] | Promise<readonly Message[]>;

/** One thing done wrong to a real run, and all that the harness is to find of it. */
export interface Control {
  /** `an ACK or REPLY that was never stored` */
  what: string;
  /** The cases it is run in by the nightly script. */
  kinds: readonly Kind[];
  /** Of these, the ones it is run in by every `npm test`. */
  always: readonly Kind[];
  /** The client it is done to, counted from 1 in the order of their first grants. */
  victim: number;
  settings?: readonly string[];
  /** What arrives instead of a grant that a server has sent. */
  grant?: (grant: Grant, run: ControlRun) => Instead;
  /** What arrives instead of a REQUEST that a client has sent. */
  request?: (request: Message, run: ControlRun) => Instead;
  found: (run: ControlRun) => Found;
}

export interface Grant {
  message: Message;
  toVictim: boolean;
  /** How many grants this client has been sent, this one included. */
  times: number;
}

/** What a client was granted by its server, whatever it was told. */
export interface Granted {
  message: Message;
  /** `server-2` */
  server: string;
  bytes: LeaseBytes;
  /** As results have it. */
  lease: string;
}
