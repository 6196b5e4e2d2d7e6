/**
 * How datagrams leave and arrive, in batches, and how the load sleeps in between. One transport speaks with the kernel
 * itself; another one uses `node:dgram`, for machines on which the first can't be had. Both are held to the same tests.
 */
import type { Socket } from 'node:dgram';
import type { TransportName } from '../../results/transport-names.js';

/** One turn of a load is: receive what has arrived, do what is due, flush what is to leave, sleep. */
export interface Transport {
  readonly name: TransportName;
  /** What makes the transport less than it could be on this machine; absent where nothing does. */
  readonly lacking?: string | undefined;
  /** Notes something that the machine lacks. It is told once the sockets are open. */
  lacks(what: string): void;
  /** Uses a socket that is bound. Nobody else may read from it or write to it any more. */
  use(socket: Socket, request: ChannelRequest): Channel;
  /** Hands over what has arrived, in the order of arrival. */
  receive(): void;
  /** Sends all datagrams that are queued. */
  flush(): void;
  /**
   * When a datagram left, microseconds of the load's clock. Ask after the flush.
   *
   * @param ticket what `send` returned
   */
  leftAtUs(ticket: number): number;
  /**
   * Sleeps until a time of the load's clock, microseconds, or until a datagram arrives, or until somebody wakes it, but
   * never much longer than `LONGEST_SLEEP_MS`. It may end early.
   *
   * @returns undefined where it has slept already; else a promise for the end of the sleep
   */
  sleep(untilUs: number): Promise<void> | undefined;
  /** Ends the sleep of a transport that sleeps in a promise. */
  wake(): void;
  /** A descriptor: who writes eight bytes other than zeros to it ends a sleep. Absent where `wake` is enough. */
  readonly wakeDescriptor?: number;
  /** How long it has slept so far, milliseconds. */
  readonly sleptMs: number;
  /** Steps of the machine's clock that were noticed in what the kernel says of arrivals. */
  readonly clockSteps: readonly ClockStep[];
  close(): Promise<void>;
}

/** A sleep is never much longer, milliseconds: whoever can't wake it waits no longer. */
export const LONGEST_SLEEP_MS = 100;

export interface ChannelRequest {
  /** Where datagrams go; absent for a connected socket. */
  destination?: Sender;
  receive: Receive;
}

/**
 * Takes a datagram that has arrived.
 *
 * @param datagram valid until the call returns
 * @param atUs when it arrived, microseconds of the load's clock: by the kernel, where the kernel says so
 * @param sender absent for a connected socket
 */
export type Receive = (datagram: Uint8Array, atUs: number, sender: Sender | undefined) => void;

export interface Sender {
  address: string;
  port: number;
}

/** One socket of a transport. */
export interface Channel {
  /**
   * Queues a copy of the datagram. It leaves with the next flush, or before.
   *
   * @returns a ticket, for `leftAtUs`
   */
  send(datagram: Uint8Array): number;
  /** How many datagrams the kernel refused to send. */
  readonly sendErrors: number;
  close(): Promise<void>;
}

/** The machine's clock was set while datagrams arrived. */
export interface ClockStep {
  /** When that was noticed, microseconds of the load's clock. */
  atUs: number;
  /** By how much it was set forward; below 0 for back. */
  byUs: number;
}
