import type { RunContainers } from '../../docker/run-containers.js';
import type { RunNetwork } from '../../docker/network.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import type { DatabaseFlavor } from '../flavors/flavor.js';
import type { Options } from '../flavors/options.js';

export interface DockerClusterRequest {
  flavor: DatabaseFlavor;
  /** The image of the nodes. */
  image: DatabaseImage;
  /** Kea's `dhcpdb_create.mysql`. */
  schema: string;
  containers: RunContainers;
  network: RunNetwork;
  live: LiveDirectory;
  /** The user that the nodes run as. User and group have the same numbers inside and outside the container. */
  user: { uid: number; gid: number };
  nodes: number;
  /** Whether servers reach the nodes through a proxy, whose checks need an account. */
  behindProxy?: boolean;
  settings: Options;
  /** Whether each node writes a binary log that the harness reads; false by default. */
  commitHistory?: boolean;
  timeoutMs: number;
  /** Where each node's log and a copy of its configuration go. */
  logDirectory: string;
  signal: AbortSignal;
}

/** An image with a database server, its client and its replication library. */
export interface DatabaseImage {
  reference: string;
  /** The path of the replication library in the image; empty where the image has none. */
  provider: string;
}
