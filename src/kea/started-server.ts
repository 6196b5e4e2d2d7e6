import type { Abilities } from '../faults/abilities.js';
import type { ClientsPlace, RelayPlace } from '../network/places.js';
import type { Running } from '../processes/running.js';
import type { CaseKind } from '../protocol/cases.js';
import type { Allocation } from './allocation.js';
import type { ControlAnswer } from './control-socket.js';
import type { CaseSubnet } from './case-subnet.js';

/** The parts of a subnet that matter to the clients which ask for its leases. */
export type ServedSubnet = Omit<CaseSubnet, 'subnet'>;

/** A Kea server that answers on its control socket and listens for clients. */
export interface StartedServer {
  /** `dhcp4 server-1`; the number is the server's place in the scenario's list. */
  name: string;
  kind: CaseKind;
  /** The node that it is pinned to, `node-1`; behind a proxy, the node that the proxy prefers for it. */
  node: string;
  /** The name of the proxy between it and the nodes; absent where it is pinned to its node. */
  proxy?: string;
  version: string;
  /** One for each relay that the clients speak through. */
  subnets: readonly [ServedSubnet, ...ServedSubnet[]];
  /** The UDP address and port at which it takes requests. */
  address: string;
  port: number;
  /**
   * The relay that the server answers to: an address of the harness, and the port of every answer (`-P`). Further
   * relays of DHCPv4 use the same port, at the addresses that select their subnets.
   */
  relay: Omit<RelayPlace, 'addresses'>;
  /** The link of its clients, if there is no relay between them; `relay` is then the clients themselves. */
  clients?: ClientsPlace;
  /** Worker threads, 0 where multi-threading is off. */
  threads: number;
  /** How the server says that it allocates; absent where it can't be asked. */
  allocation?: Allocation;
  /** Sends a command to the server's control channel; absent where it has none. */
  control?: (command: string) => Promise<ControlAnswer>;
  /** The path of the Unix socket of the control channel, or its URL, for use by others. */
  controlAt?: string;
  /**
   * How many datagrams were dropped so far at the server's socket because it was full; absent where that can't be
   * read.
   */
  drops?: () => Promise<number>;
  /** Absent for a server that someone else runs. */
  running?: Running;
  /** What a fault can do to the server; absent where it can do nothing. */
  abilities?: Abilities;
}
