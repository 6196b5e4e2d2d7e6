import type { ErrorCode } from '../../errors.js';
import { HarnessError, messageOf } from '../../errors.js';
import type { LinkRule, MetOnLink, PassedOnLink } from '../../faults/links.js';
import type { Layout } from '../../observations/observation.js';
import type { LoadServer } from '../load-server.js';
import type { PlanRequest } from '../plan-load.js';
import type { ActsDue } from '../run-load.js';
import type { SendErrors } from '../sockets/relay-socket.js';
import type { TransportName } from '../../results/transport-names.js';
import type { ClockStep } from '../transport/transport.js';

/** All that the thread of a load is told at its start. */
export interface LoadOrder extends PlanRequest {
  servers: readonly LoadServer[];
  /** The indexes of the cases that this thread drives; all by default. */
  drives?: readonly number[] | undefined;
  layout: Layout;
  /** The run's clock begins then: nanoseconds of `process.hrtime`, which all threads share. */
  originNs: bigint;
  /** A list of clients; absent where the seed decides their identities. */
  clients?: string | undefined;
  /** The journal, which has its header already. */
  journal: string;
  /** Where to write a capture of the load's sockets; absent for none. */
  capture?: string | undefined;
  /** Whether faults may do something to messages between clients and servers. */
  hasFaults: boolean;
  /** The thread tells when so many first exchanges have begun. */
  marks: readonly number[];
  /** Absent for the best that the machine has. */
  transport?: TransportName | undefined;
  /** The memory of `SharedCounts`. */
  counts: SharedArrayBuffer;
  /** The memory of `StartMarks`, shared by all threads of the load. */
  starts: SharedArrayBuffer;
}

/** What the thread is told during the load. Each `impair` and `repair` is answered by `done`. */
export type ToThread =
  | { type: 'impair'; id: number; key: number; rules: readonly LinkRule[] }
  | { type: 'repair'; id: number; key: number }
  /** The load may begin; its schedule at this time of the run's clock. */
  | { type: 'begin'; atUs: number }
  /** The sockets may be closed. */
  | { type: 'close' };

export type FromThread =
  | { type: 'opened'; transport: TransportUsed; wakeDescriptor?: number | undefined }
  /** So many first exchanges have begun; the first one at this time. */
  | { type: 'mark'; exchanges: number; atUs: number }
  | { type: 'done'; id: number; met?: readonly MetOnLink[] }
  /** The load is over, perhaps early for a reason of its own, and the sockets are still open. */
  | { type: 'over'; sendErrors: readonly SendErrors[]; endedEarly: boolean }
  | { type: 'ended'; outcome: LoadOutcome }
  | { type: 'failed'; error: TellableError };

/** What is left of a load when it has ended. */
export interface LoadOutcome {
  acts: ActsDue[];
  /** The number of observations in the journal. */
  records: number;
  /** Why it ended early, where the thread itself found the reason: a full disk, say. */
  endedEarly: TellableError | null;
  /** What became of messages while faults were active. */
  passed: readonly PassedOnLink[];
  clockSteps: readonly ClockStep[];
}

/** How datagrams left and arrived. */
export interface TransportUsed {
  name: TransportName;
  /** Why it is not the best there is; absent where it is, or where it was asked for. */
  instead?: string;
  /** What this machine lacks for it to be as exact as it could be. */
  lacking?: string;
}

/** An error that can be told another thread. */
export interface TellableError {
  code: ErrorCode;
  message: string;
  hint?: string;
}

export function tellable(thrown: unknown): TellableError {
  if (!(thrown instanceof HarnessError)) return { code: 'INTERNAL', message: messageOf(thrown) };
  const { code, message, hint } = thrown;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

export function told({ code, message, hint }: TellableError): HarnessError {
  return new HarnessError(code, message, hint === undefined ? {} : { hint });
}
