import type { StartedCluster } from '../../cluster/model.js';
import type { StartedServer } from '../../kea/model.js';
import type { Cleanup } from '../../processes/cleanup.js';
import type { Scenario } from '../../scenario/schema.js';

/** What brings cluster and servers up: as processes of this machine, as containers, or not at all. */
export interface Provider {
  /**
   * Gets what is needed before anything is started or a run directory made: programs, images, somebody's consent.
   * Errors: PREREQUISITE, PACKAGES, SCENARIO; the signal's reason when aborted.
   */
  prepare(scenario: Scenario, preparing: Preparing): Promise<PreparedProvider>;
}

export interface Preparing {
  signal: AbortSignal;
  /** What is done; `fraction` of it from 0 to 1 where that is known. */
  onProgress: (progress: { message: string; fraction?: number }) => void;
}

export interface PreparedProvider {
  /** What will be started, as far as that is known before. */
  versions: SystemVersions;
  /**
   * Brings up cluster and servers, each on `cleanup` from the moment it exists.
   * Errors: CLUSTER, KEA, PREREQUISITE, STORAGE; the signal's reason when aborted.
   */
  start(request: StartRequest): Promise<StartedSystem>;
}

export interface SystemVersions {
  /** Such as `2.2.0`; empty where it isn't known. */
  kea: string;
  database: string;
  /** The replication library's, such as `26.4.23`; empty without replication. */
  wsrepProvider: string;
}

export interface StartRequest {
  scenario: Scenario;
  /** Of the clients' identities. */
  seed: number;
  /** Where each node's and server's log and a copy of its configuration go. */
  logDirectory: string;
  /** Leaves what was started up. */
  keep: boolean;
  signal: AbortSignal;
  cleanup: Cleanup;
  /** Tells what is done next, and what has come of it. */
  say: (text: string) => void;
  /** The nodes are ready, and the servers are next. */
  clusterReady: () => void;
}

/** What a scenario's load needs, up and ready. */
export interface StartedSystem {
  cluster: StartedCluster;
  servers: StartedServer[];
  /** With `keep`: how to get at what is left up, and what ends it. */
  kept: string;
}
