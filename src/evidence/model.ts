import type { Ending } from '../processes/ending.js';
import type { ResourceEvidence } from './resource-model.js';
import type { SystemEvidence } from './system.js';

/**
 * What the judgement needs beside the observations, stored in the run directory as `evidence.json`.
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
  /** Nodes and servers that ended although nobody asked them to; each is followed by those that ended because of it. */
  deaths: readonly Death[];
  /** Datagrams the kernel dropped at each socket for want of buffer space, harness's and servers'. */
  drops: readonly SocketDrops[];
  /** Datagrams that the kernel refused to send, by the harness's sockets; absent where nobody counted. */
  sendErrors?: readonly SocketErrors[];
  /** What the clients of each case were due to do with their leases, and how often nobody was there for it; only what was due. */
  acts?: readonly { case: string; act: string; due: number; missed: number }[];
  /** How many records the journal was given; absent in a source that has none. */
  observations?: number;
  /** What the schedule wanted of each case. */
  offered: readonly OfferedLoad[];
  /** CPU time and memory that the load took; absent in what was not driven from here. */
  resources?: ResourceEvidence;
  /** What nodes and servers said around the load; absent where nothing of it can be had, as in an import. */
  system?: SystemEvidence;
}

/** Stands in where a source has none; the checks that rest on it are not made. */
export const NO_EVIDENCE: Evidence = {
  schemaVersion: 1,
  finishedAt: '',
  interruptedBy: null,
  endedEarly: null,
  deaths: [],
  drops: [],
  offered: [],
};

/** Whether a signal or an exit code ended it is absent in evidence of earlier versions. */
export interface Death extends Ending {
  kind: 'node' | 'server';
  name: string;
  atUs: number;
  /** Exit code or signal, in words. */
  how: string;
  /** The node whose death it follows from: that of a server which lost its database. */
  after?: string;
  /** The last lines of its log. */
  lastLines: readonly string[];
}

export interface SocketDrops {
  /** Whose socket: `harness dhcp4 server-1`, `kea dhcp4 server-1`. */
  socket: string;
  drops: number;
}

export interface SocketErrors {
  /** `harness dhcp4 server-1` */
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
