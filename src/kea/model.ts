import type { Running } from '../processes/running.js';
import type { CaseKind } from '../protocol/cases.js';
import type { Allocation } from './allocation.js';
import type { ControlAnswer } from './control-socket.js';
import type { CaseSubnet } from './case-subnet.js';

/** A subnet as far as it matters to those who ask for its leases. */
export type ServedSubnet = Omit<CaseSubnet, 'subnet'>;

/** A Kea server that answers on its control socket and listens for clients. */
export interface StartedServer {
  /** `dhcp4 server-1`; the number is the server's place in the scenario's list. */
  name: string;
  kind: CaseKind;
  /** The node it is pinned to: `node-1`. */
  node: string;
  version: string;
  /** One for each relay that the clients speak through. */
  subnets: readonly [ServedSubnet, ...ServedSubnet[]];
  /** Where it takes requests, UDP. */
  address: string;
  port: number;
  /**
   * Where the relay is that it answers to: an address of the harness, and the port of every answer (`-P`). Further relays
   * of DHCPv4 are on the same port, at the addresses that select their subnets.
   */
  relay: { address: string; port: number; isShared?: boolean };
  /** Worker threads, 0 where multi-threading is off. */
  threads: number;
  /** How it allocates, by its own word; absent where it can't be asked. */
  allocation?: Allocation;
  /** Sends a command to its control channel; absent where there is none. */
  control?: (command: string) => Promise<ControlAnswer>;
  /** Where that is, for others: the path of a Unix socket or a URL. */
  controlAt?: string;
  /** Datagrams dropped so far at its socket because it was full; absent where nobody can tell. */
  drops?: () => Promise<number>;
  /** Absent for a server that someone else runs. */
  running?: Running;
}
