import type { KeptSystem } from './kept.js';
import type { ListedClient } from '../scenario/client-list/listed-client.js';
import type { StartedCluster } from '../cluster/started-cluster.js';
import type { HarnessError } from '../errors.js';
import type { ImpairableNetwork } from '../faults/links.js';
import type { StartedServer } from '../kea/started-server.js';
import type { Cleanup } from '../processes/cleanup.js';
import type { Finding } from '../scenario/language/problems.js';
import type { Scenario } from '../scenario/schema.js';

/** Brings cluster and servers up: as processes of this machine, as containers, or by using what someone else runs. */
export interface Provider {
  /**
   * Gets what is needed before anything is started or a run directory is made: programs, images, the consent of the
   * owner.
   * Errors: PREREQUISITE, PACKAGES, SCENARIO; the signal's reason when aborted.
   */
  prepare(scenario: Scenario, preparing: Preparing): Promise<PreparedProvider>;
}

export interface Preparing {
  signal: AbortSignal;
  /** Told what is being done; `fraction` is the part done, from 0 to 1, where that is known. */
  onProgress: (progress: { message: string; fraction?: number }) => void;
}

export interface PreparedProvider {
  /** The versions that will be started, as far as they are known before the start. */
  versions: SystemVersions;
  /** What Kea refuses of the configuration that the scenario states. */
  refused?: readonly Finding[];
  /**
   * Brings up cluster and servers, each pushed on `cleanup` from the moment it exists.
   * Errors: CLUSTER, KEA, PREREQUISITE, STORAGE; the signal's reason when aborted.
   */
  start(request: StartRequest): Promise<StartedSystem>;
}

export interface SystemVersions {
  /** Such as `2.2.0`; empty where the version isn't known. */
  kea: string;
  database: string;
  /** The version of the replication library, such as `26.4.23`; empty without replication. */
  wsrepProvider: string;
  /** The proxy between servers and nodes, such as `haproxy 2.6.12`; absent without one. */
  proxy?: string;
}

export interface StartRequest {
  scenario: Scenario;
  /** The seed of the clients' identities. */
  seed: number;
  /** The clients that a list names; absent where the seed decides. */
  listed?: readonly ListedClient[] | undefined;
  /** The directory for the log of each node and server, and for a copy of its configuration. */
  logDirectory: string;
  /** Whether the system is left up at the end. */
  keep: boolean;
  signal: AbortSignal;
  cleanup: Cleanup;
  /** Tells those who watch what is done next, and what came of it. */
  say: (text: string) => void;
  /** Called when the nodes are ready and the servers start next. */
  clusterReady: () => void;
}

/** What is being recorded. */
export interface Recording {
  /** Ends it once all is in the file. */
  end: () => Promise<void>;
}

/** What the load of a scenario needs, up and ready. */
export interface StartedSystem {
  cluster: StartedCluster;
  servers: StartedServer[];
  /** What faults can be done to; absent where the machines have no links of their own. */
  network?: ImpairableNetwork | undefined;
  /**
   * Records the DHCP messages on the links between clients and servers as a pcap file; absent where nobody but clients
   * and servers sees them. Errors: PREREQUISITE; STORAGE for `failed` and for `end`.
   */
  record?: ((file: string, failed: (error: HarnessError) => void) => Promise<Recording>) | undefined;
  /** With `keep`: what is left up. */
  kept: KeptSystem;
}
