import type { Socket } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import { Departures } from './departures.js';
import { Lacking } from './lacking.js';
import {
  LONGEST_SLEEP_MS,
  type Channel,
  type ChannelRequest,
  type Sender,
  type Transport,
} from './transport.js';

/** The resolution of Node's timers, milliseconds. */
const TICK_MS = 1;

interface Arrived {
  datagram: Uint8Array;
  atUs: number;
  sender: Sender | undefined;
  channel: DgramChannel;
}

/**
 * Node's own sockets. They need nothing of the machine, but a datagram has arrived only when Node reads it, and a sleep
 * takes a millisecond or more.
 */
export class DgramTransport implements Transport {
  readonly name = 'dgram';
  readonly clockSteps = [];
  readonly #nowUs: () => number;
  readonly #channels: DgramChannel[] = [];
  readonly #lacking = new Lacking();
  readonly #departures = new Departures();
  #arrived: Arrived[] = [];
  #wake: (() => void) | undefined;

  constructor(nowUs: () => number) {
    this.#nowUs = nowUs;
  }

  get sleptMs(): number {
    return performance.eventLoopUtilization().idle;
  }

  use(socket: Socket, request: ChannelRequest): DgramChannel {
    const leaves = (): number => {
      const ticket = this.#departures.take();
      this.#departures.note(ticket, this.#nowUs());
      return ticket;
    };
    const channel = new DgramChannel(socket, request, leaves, (datagram, sender) => {
      this.#arrived.push({ datagram, atUs: this.#nowUs(), sender, channel });
      this.wake();
    });
    this.#channels.push(channel);
    return channel;
  }

  receive(): void {
    if (this.#arrived.length === 0) return;
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const { datagram, atUs, sender, channel } of arrived) channel.handOver(datagram, atUs, sender);
  }

  /** Each datagram has left already. */
  flush(): void {
    // Nothing is queued here.
  }

  get lacking(): string | undefined {
    return this.#lacking.text;
  }

  lacks(what: string): void {
    this.#lacking.add(what);
  }

  leftAtUs(ticket: number): number {
    return this.#departures.of(ticket);
  }

  async sleep(untilUs: number): Promise<void> {
    if (this.#arrived.length > 0) return;
    const waitMs = Math.min((untilUs - this.#nowUs()) / 1_000, LONGEST_SLEEP_MS);
    if (waitMs <= 0) {
      // Lets Node read the datagrams that have arrived.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, Math.max(TICK_MS, waitMs));
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }

  wake(): void {
    this.#wake?.();
  }

  async close(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.close()));
  }
}

class DgramChannel implements Channel {
  sendErrors = 0;
  readonly #socket: Socket;
  readonly #request: ChannelRequest;
  readonly #leaves: () => number;
  /** The kernel said that nobody listens at the server's port, and no answer has come since. */
  #refused = false;

  constructor(
    socket: Socket,
    request: ChannelRequest,
    leaves: () => number,
    arrived: (datagram: Uint8Array, sender: Sender | undefined) => void,
  ) {
    this.#socket = socket;
    this.#request = request;
    this.#leaves = leaves;
    socket.on('error', this.#sent);
    socket.on('message', (datagram, sender) => {
      this.#refused = false;
      arrived(datagram, request.destination === undefined ? undefined : sender);
    });
  }

  send(datagram: Uint8Array): number {
    const ticket = this.#leaves();
    // Node sends at once, unless the kernel's buffer is full; then it sends later, and the caller's bytes may be others.
    const copy = Buffer.from(datagram);
    const { destination } = this.#request;
    if (destination !== undefined) this.#socket.send(copy, destination.port, destination.address, this.#sent);
    else if (this.#refused) this.#socket.send(copy, (error) => this.#sentAfterRefusal(error, copy));
    else this.#socket.send(copy, this.#sent);
    return ticket;
  }

  handOver(datagram: Uint8Array, atUs: number, sender: Sender | undefined): void {
    this.#request.receive(datagram, atUs, sender);
  }

  /**
   * Counts a datagram that the kernel refused to send. ECONNREFUSED is no such refusal: it says that nobody listened
   * where an earlier datagram went (udp(7)), which is the server's doing.
   */
  readonly #sent = (error: NodeJS.ErrnoException | null): void => {
    if (error?.code === 'ECONNREFUSED') this.#refused = true;
    else if (error !== null) this.sendErrors++;
  };

  /**
   * With ECONNREFUSED, the kernel reported an earlier datagram instead of sending this one. The datagram is sent
   * again, as the server may be up again to take it.
   */
  #sentAfterRefusal(error: NodeJS.ErrnoException | null, datagram: Uint8Array): void {
    if (error?.code === 'ECONNREFUSED') this.#socket.send(datagram, this.#sent);
    else this.#sent(error);
  }

  close(): Promise<void> {
    return new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
