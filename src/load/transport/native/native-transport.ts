import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readSync } from 'node:fs';
import { handleOf, type SocketHandle } from '../../../network/socket-handle.js';
import { Waking } from '../../pacing/waking.js';
import { Departures } from '../departures.js';
import { Lacking } from '../lacking.js';
import { requireCalls } from './required-calls.js';
import { LONGEST_SLEEP_MS, type ChannelRequest, type Transport } from '../transport.js';
import { askForTimes, untilTimesAreNoted } from './arrival-times.js';
import { KernelClock } from './kernel-clock.js';
import { loadLibc, type Libc, type Memory } from './libc.js';
import { NativeChannel } from './native-channel.js';

/** What is due waits for this part of a pause, at least. */
const STARTS_PAUSE = 0.75;
const POLLIN = 1;
const EFD_CLOEXEC = 0o2_000_000;
const EFD_NONBLOCK = 0o4_000;
/** More sockets than any scenario has. */
const MOST_DESCRIPTORS = 4_096;
const POLLFD_BYTES = 8;
const FEW_SOCKETS = 2;

const NO_TIMES = 'the kernel does not say when datagrams arrive';
const NO_DESCRIPTOR = 'this version of Node does not tell the descriptor of a socket';

function isUsable(
  handle: SocketHandle | undefined,
): handle is Required<Pick<SocketHandle, 'fd' | 'recvStop'>> {
  return typeof handle?.fd === 'number' && typeof handle.recvStop === 'function';
}

/**
 * Speaks with the kernel in batches, and sleeps in ppoll(2). So it wants a thread that may block. It notes when
 * datagrams arrived by the kernel's time, not by the time when it was awake to read them.
 */
export class NativeTransport implements Transport {
  readonly name = 'native';
  readonly #lacking = new Lacking();
  sleptMs = 0;
  /** Whoever opened the transport closes it, when nobody writes to it any more. */
  readonly wakeDescriptor: number;
  readonly #libc: Libc;
  readonly #nowUs: () => number;
  readonly #clock: KernelClock;
  readonly #waking = new Waking();
  /** Keeps the kernel noting arrivals until the first of the others is open. */
  readonly #probe: Socket;
  readonly #channels: NativeChannel[] = [];
  readonly #departures = new Departures();
  /** The array of `pollfd`, with the descriptor for waking first, and behind it a `timespec`. */
  readonly #polled: Memory;
  readonly #words: Int32Array;
  /** Whether the last poll was of all sockets, and nothing was read since. */
  #isPolled = false;
  /** Whether messages have come or gone since the last sleep. */
  #hasMoved = false;
  /** How many messages were queued before the last flush. */
  #flushed = 0;
  #wokeUs = -Infinity;

  private constructor(libc: Libc, nowUs: () => number, probe: Socket) {
    this.#libc = libc;
    this.#probe = probe;
    this.#nowUs = nowUs;
    this.#clock = new KernelClock(libc, nowUs);
    this.#polled = libc.allocate(MOST_DESCRIPTORS * POLLFD_BYTES + 16);
    this.#words = new Int32Array(this.#polled.bytes.buffer);
    this.wakeDescriptor = libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (this.wakeDescriptor === -1) throw new Error(`eventfd(2) failed with ${libc.errno()}`);
    this.#putDescriptor(0, this.wakeDescriptor);
    if (libc.setTimerSlack(1) !== 0) this.lacks('the kernel keeps its timer slack, so starts are later');
  }

  /** @throws Error where this machine has no such calls, or Node does not tell the descriptor of a socket */
  static async open(nowUs: () => number): Promise<NativeTransport> {
    const libc = await loadLibc();
    const probe = createSocket('udp4').bind(0, '127.0.0.1');
    try {
      await once(probe, 'listening');
      const handle = handleOf(probe);
      if (!isUsable(handle)) throw new Error(NO_DESCRIPTOR);
      handle.recvStop();
      requireCalls(libc, handle.fd);
      const transport = new NativeTransport(libc, nowUs, probe);
      const notesTimes = askForTimes(libc, handle.fd) && (await untilTimesAreNoted(libc, probe, handle.fd));
      if (!notesTimes) transport.lacks(NO_TIMES);
      return transport;
    } catch (error) {
      probe.close();
      throw error;
    }
  }

  get lacking(): string | undefined {
    return this.#lacking.text;
  }

  lacks(what: string): void {
    this.#lacking.add(what);
  }

  get clockSteps(): Transport['clockSteps'] {
    return this.#clock.steps;
  }

  use(socket: Socket, request: ChannelRequest): NativeChannel {
    const handle = handleOf(socket);
    if (!isUsable(handle)) throw new Error(NO_DESCRIPTOR);
    handle.recvStop();
    const { fd } = handle;
    if (!askForTimes(this.#libc, fd)) this.lacks(NO_TIMES);
    const channel = new NativeChannel(this.#libc, socket, fd, request, this.#departures, this.#nowUs);
    this.#channels.push(channel);
    this.#putDescriptor(this.#channels.length, fd);
    return channel;
  }

  receive(): void {
    // With few sockets it costs less to read each of them, empty or not, than to ask which of them is not.
    const asks = this.#channels.length > FEW_SOCKETS;
    if (asks && !this.#isPolled) this.#poll(1 + this.#channels.length, 0);
    const knows = this.#isPolled || asks;
    this.#isPolled = false;
    if (this.#hasArrived(0)) this.#drainWaking();
    let isFirst = true;
    while (this.#readBatches(isFirst && !knows, isFirst)) isFirst = false;
  }

  /**
   * Reads a batch of each socket, and hands all of them over.
   *
   * @returns whether there may be more
   */
  #readBatches(ofAll: boolean, isFirst: boolean): boolean {
    let arrived = 0;
    let isMore = false;
    for (let index = 0; index < this.#channels.length; index++) {
      const channel = this.#channels[index];
      if (channel === undefined) continue;
      if (!(ofAll || (isFirst ? this.#hasArrived(index + 1) : channel.isFull))) continue;
      arrived += channel.readBatch();
      isMore ||= channel.isFull;
    }
    if (arrived === 0) return false;
    const nowUs = this.#nowUs();
    for (const channel of this.#channels) channel.noteArrivals(this.#clock, this.#wokeUs, nowUs);
    this.#moved(arrived);
    this.#handOver();
    return isMore;
  }

  /** Hands the datagrams of all batches over, in the order of their arrival. */
  #handOver(): void {
    for (;;) {
      let earliest: NativeChannel | undefined;
      let earliestUs = Infinity;
      for (const channel of this.#channels) {
        if (channel.nextAtUs < earliestUs) [earliest, earliestUs] = [channel, channel.nextAtUs];
      }
      if (earliest === undefined) return;
      earliest.handOver();
    }
  }

  flush(): void {
    const queued = this.#departures.taken - this.#flushed;
    if (queued === 0) return;
    this.#flushed += queued;
    this.#moved(queued);
    for (const channel of this.#channels) channel.flush();
  }

  leftAtUs(ticket: number): number {
    return this.#departures.of(ticket);
  }

  /**
   * Where messages have come or gone since the last sleep, answers or further starts follow soon. Then it sleeps without
   * regard to the sockets, for as long as several messages are to be served by one waking.
   */
  sleep(untilUs: number): undefined {
    const now = this.#nowUs();
    const untilLatestUs = Math.min(untilUs, now + LONGEST_SLEEP_MS * 1_000);
    if (now >= untilLatestUs) return;
    const pauseUs = this.#hasMoved ? this.#waking.pauseUs(now) : 0;
    this.#hasMoved = false;
    // What is due is done somewhat earlier than what has arrived is read: nobody sees that a reply was read late.
    const quietUntilUs = Math.min(
      this.#wokeUs + pauseUs,
      Math.max(untilLatestUs, this.#wokeUs + STARTS_PAUSE * pauseUs),
    );
    if (now < quietUntilUs) this.#poll(0, quietUntilUs - now);
    else {
      this.#poll(1 + this.#channels.length, untilLatestUs - now);
      this.#isPolled = true;
    }
    this.#wokeUs = this.#nowUs();
    this.sleptMs += (this.#wokeUs - now) / 1_000;
  }

  #moved(messages: number): void {
    this.#waking.count(messages);
    this.#hasMoved = true;
  }

  wake(): void {
    // Nobody can call this while the thread sleeps.
  }

  async close(): Promise<void> {
    this.#probe.close();
    await Promise.all(this.#channels.map((channel) => channel.close()));
  }

  #poll(descriptors: number, forUs: number): void {
    const at = MOST_DESCRIPTORS * (POLLFD_BYTES / 4);
    const seconds = Math.floor(forUs / 1_000_000);
    this.#words[at] = seconds;
    this.#words[at + 2] = Math.floor((forUs - seconds * 1_000_000) * 1_000);
    for (let index = 0; index < descriptors; index++) this.#words[2 * index + 1] = POLLIN;
    const timeout = this.#polled.address + 4 * at;
    // A signal ends the sleep early; what it brought is looked at as after any sleep.
    this.#libc.ppoll(this.#polled.address, descriptors, timeout);
  }

  #putDescriptor(index: number, fd: number): void {
    if (index >= MOST_DESCRIPTORS) throw new Error(`more than ${MOST_DESCRIPTORS} sockets`);
    this.#words[2 * index] = fd;
    this.#words[2 * index + 1] = POLLIN;
  }

  /** Whether the last poll found anything at a descriptor: a datagram, or an error that reading it clears. */
  #hasArrived(index: number): boolean {
    return (this.#words[2 * index + 1] ?? 0) >>> 16 !== 0;
  }

  #drainWaking(): void {
    this.#words[1] = POLLIN;
    try {
      readSync(this.wakeDescriptor, new Uint8Array(8));
    } catch {
      // It was empty.
    }
  }
}
