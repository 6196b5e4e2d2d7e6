import type { ManagedProcess } from '../processes/managed-process.js';
import type { CaseKind } from '../scenario/schema.js';

/** A Kea server that answers on its control socket and listens for clients. */
export interface StartedServer {
  /** `dhcp4 server-1`; the number is the server's place in the scenario's list. */
  name: string;
  kind: CaseKind;
  /** The node it is pinned to: `node-1`. */
  node: string;
  version: string;
  address: string;
  /** Where it takes requests, UDP. */
  port: number;
  /** Where it sends every answer, on `address` (`-P`). */
  replyPort: number;
  controlSocket: string;
  /** Worker threads, 0 where multi-threading is off. */
  threads: number;
  process: ManagedProcess;
}
