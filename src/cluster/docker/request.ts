import type { RunContainers } from '../../docker/run-containers.js';
import type { RunNetwork } from '../../docker/network.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import type { DatabaseFlavor } from '../flavors/flavor.js';
import type { Options } from '../flavors/options.js';

export interface DockerClusterRequest {
  flavor: DatabaseFlavor;
  /** Of the nodes. */
  image: DatabaseImage;
  /** Kea's `dhcpdb_create.mysql`. */
  schema: string;
  containers: RunContainers;
  network: RunNetwork;
  live: LiveDirectory;
  /** Who the nodes run as, in the container as outside. */
  user: { uid: number; gid: number };
  nodes: number;
  settings: Options;
  timeoutMs: number;
  /** Where each node's log and a copy of its configuration go. */
  logDirectory: string;
  signal: AbortSignal;
}

/** An image with a database server, its client and its replication library. */
export interface DatabaseImage {
  reference: string;
  /** The path of the library in it; empty where it has none. */
  provider: string;
}
