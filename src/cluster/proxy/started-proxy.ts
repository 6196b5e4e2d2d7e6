import type { Running } from '../../processes/running.js';

/** The name of the proxy, in reports and of its program. */
export const PROXY = 'haproxy';

/** A proxy between the Kea servers and the nodes, at work. */
export interface StartedProxy {
  /** The name in reports. */
  name: string;
  running: Running;
  /**
   * Where the servers of each node reach the database: host and port by the node's name. The proxy goes to this node
   * first.
   */
  endpoints: ReadonlyMap<string, { host: string; port: number }>;
}
