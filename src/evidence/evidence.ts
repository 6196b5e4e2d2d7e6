import type { Ending } from '../processes/ending.js';
import type { ResourceEvidence } from './resource-model.js';
import type { SystemEvidence } from './system.js';

/**
 * What the judgement needs besides the observations. The run directory holds it as `evidence.json`.
 * Times are microseconds since the run's start, as in the observations.
 */
export interface Evidence {
  schemaVersion: 1;
  /** UTC, ISO 8601. */
  finishedAt: string;
  /** The signal that ended the run early, or null. */
  interruptedBy: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | null;
  /** An error of the harness or its surroundings that ended the load early, such as a full disk; or null. */
  endedEarly: { code: string; message: string } | null;
  /**
   * Nodes and servers that ended although nobody asked them to. Those that ended because of another one's death
   * follow it in the list.
   */
  deaths: readonly Death[];
  /**
   * Datagrams that the kernel dropped at each socket because its buffer was full, both the harness's and the servers'
   * sockets.
   */
  drops: readonly SocketDrops[];
  /** Datagrams that the kernel refused to send from the harness's sockets; absent where they were not counted. */
  sendErrors?: readonly SocketErrors[];
  /**
   * The acts that the clients of each case were due to do: how often each was due, and how often no client could do
   * it. An act that was never due is left out.
   */
  acts?: readonly { case: string; act: string; due: number; missed: number }[];
  /** How many observations the journal was given; absent where the source has no journal. */
  observations?: number;
  /** The load that the schedule contains for each case. */
  offered: readonly OfferedLoad[];
  /** The CPU time and memory that the load took; absent where the harness did not make the load. */
  resources?: ResourceEvidence;
  /** What nodes and servers said before and after the load; absent where they can't be asked, as in an import. */
  system?: SystemEvidence;
}

/** The evidence of a source that has none. Checks that need evidence are then not made. */
export const NO_EVIDENCE: Evidence = {
  schemaVersion: 1,
  finishedAt: '',
  interruptedBy: null,
  endedEarly: null,
  deaths: [],
  drops: [],
  offered: [],
};

/**
 * A node or server that ended unasked. Evidence of earlier versions lacks whether a signal or an exit code ended it.
 */
export interface Death extends Ending {
  kind: 'node' | 'server';
  name: string;
  atUs: number;
  /** The exit code or the signal, in words. */
  how: string;
  /** The node whose death caused this one: a server ends when it loses its database. */
  after?: string;
  /** The last lines of its log. */
  lastLines: readonly string[];
}

export interface SocketDrops {
  /** Whose socket it is: `harness dhcp4 server-1` or `kea dhcp4 server-1`. */
  socket: string;
  drops: number;
}

export interface SocketErrors {
  /** For example `harness dhcp4 server-1`. */
  socket: string;
  errors: number;
}

export interface OfferedLoad {
  case: string;
  /** First attempts that the schedule contains. */
  plannedStarts: number;
  /** From the first planned start to the last, microseconds. */
  plannedDurationUs: number;
}
