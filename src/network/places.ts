import type { UdpSocket } from '../processes/udp-sockets.js';
import type { SocketsInsideRequest } from './sockets-inside.js';

/** Where a program is on the network, and how it gets there. */
export interface Place {
  /** The name of its link, such as `lo`. */
  link: string;
  address: string;
  /** Whether the address is its own, so that it has the standard ports. */
  isAlone: boolean;
  /** The words that start it there; empty where it is in the network of the harness. */
  enter: readonly string[];
  /** The same for a program that may open raw sockets there. */
  enterWithRawSockets: readonly string[];
  /**
   * A port for it: the standard one where it is alone, else one that is free.
   * Errors: PREREQUISITE where no port is free.
   */
  port: (standard: number) => Promise<number>;
  /** The UDP sockets of everybody who is there. */
  udpSockets: (family: 4 | 6) => UdpSocket[];
}

/** Where the harness is on the network when it speaks to servers as a relay. */
export interface RelayPlace {
  address: string;
  /** The port of every answer. */
  port: number;
  /** True where other servers answer to the same port. The answers of each server still go to its own socket. */
  isShared?: boolean;
  /** The addresses of several relays, in their order; absent where their subnets state them. */
  addresses?: readonly string[];
  /** How to open sockets there; absent for the network of the harness. */
  inside?: SocketsInsideRequest;
  /** The UDP sockets of everybody who is there; absent for the network of the harness. */
  udpSockets?: (family: 4 | 6) => UdpSocket[];
}

/** A link on which clients and servers hear each other without a relay, as a server sees it. */
export interface ClientsPlace {
  /** The name of the server's end of it, and the server's address there. */
  link: string;
  address: string;
  /** Servers with the same segment hear the same messages. */
  segment: string;
  /** The name of the clients' end of it, and their address there. */
  clientsLink: string;
  clientsAddress: string;
  /** How to open sockets of the clients. */
  inside: SocketsInsideRequest;
  /** The UDP sockets of the clients. */
  udpSockets: (family: 4 | 6) => UdpSocket[];
}

/** Where the programs of a run are on the network. */
export interface Places {
  /** @param name as reports name the program: `node-1`, `dhcp4 server-2`, `haproxy` */
  of: (name: string, family?: 4 | 6) => Place;
  /** The relay that a server answers to. */
  relay: (family: 4 | 6) => Promise<RelayPlace>;
  /** The link of a server and its clients; undefined where there is a relay between them. */
  clientsOf?: (name: string, family: 4 | 6) => ClientsPlace | undefined;
}
