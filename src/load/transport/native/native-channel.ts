import type { Socket } from 'node:dgram';
import { constants } from 'node:os';
import type { Channel, ChannelRequest, Sender } from '../transport.js';
import { Headers } from './headers.js';
import type { Departures } from '../departures.js';
import type { KernelClock } from './kernel-clock.js';
import type { Libc, Memory } from './libc.js';
import { nameOf, Senders } from './senders.js';

const { ECONNREFUSED, EAGAIN, EINTR, ENOBUFS } = constants.errno;
const MSG_DONTWAIT = 0x40;
const POLLOUT = 4;

/** How many datagrams one system call reads. */
const MOST_READ = 64;
/**
 * The room for each. Each of its datagrams begins at another place of a page, so that they don't compete for the same
 * lines of the cache. UDP has no longer datagram, so none is cut off. Pages that are never written take no memory.
 */
const ROOM_BYTES = 65_536 + 576;
/** How many datagrams leave by one system call: few, so that none waits long for those behind it. */
const MOST_SENT = 16;
const SEND_BYTES = 65_536;
/** The longest datagram of IPv4 and IPv6 without jumbograms, less the headers. */
const LONGEST_BYTES = 65_507;
/** How long to wait until the kernel takes more, milliseconds, and how often. */
const WRITABLE_WITHIN_MS = 20;
const WRITABLE_TRIES = 5;

/** A socket that is read and written in batches. */
export class NativeChannel implements Channel {
  readonly fd: number;
  sendErrors = 0;
  readonly #libc: Libc;
  readonly #socket: Socket;
  readonly #request: ChannelRequest;
  readonly #isConnected: boolean;
  readonly #senders = new Senders();
  readonly #departures: Departures;
  readonly #nowUs: () => number;

  readonly #read: Headers;
  readonly #rooms: Memory;
  /** What was read last: how many, and which of them is next. */
  #count = 0;
  #next = 0;
  readonly #atUs = new Float64Array(MOST_READ);
  /** A view of each datagram, made again only where its length changes. */
  readonly #views: Uint8Array[];
  /** When the socket was last empty, microseconds of the load's clock. */
  #emptyAtUs = -Infinity;

  readonly #toSend: Headers;
  readonly #data: Memory;
  #queued = 0;
  #used = 0;
  /** The tickets of what is queued. */
  readonly #tickets = new Float64Array(MOST_SENT);

  constructor(
    libc: Libc,
    socket: Socket,
    fd: number,
    request: ChannelRequest,
    departures: Departures,
    nowUs: () => number,
  ) {
    this.#libc = libc;
    this.#socket = socket;
    this.fd = fd;
    this.#request = request;
    this.#departures = departures;
    this.#nowUs = nowUs;
    const { destination } = request;
    this.#isConnected = destination === undefined;
    this.#rooms = libc.allocate(MOST_READ * ROOM_BYTES);
    this.#read = new Headers(libc, MOST_READ, { names: !this.#isConnected, controls: true });
    this.#views = Array.from({ length: MOST_READ }, () => new Uint8Array(0));
    for (let index = 0; index < MOST_READ; index++)
      this.#read.point(index, this.#rooms.address + index * ROOM_BYTES, LONGEST_BYTES + 20);
    this.#data = libc.allocate(SEND_BYTES);
    this.#toSend = new Headers(libc, MOST_SENT, { names: !this.#isConnected, controls: false });
    if (destination !== undefined) {
      const name = nameOf(destination);
      for (let index = 0; index < MOST_SENT; index++) this.#toSend.name(index, name);
    }
  }

  send(datagram: Uint8Array): number {
    const { length } = datagram;
    const ticket = this.#departures.take();
    if (length > LONGEST_BYTES) {
      this.sendErrors++;
      this.#departures.note(ticket, this.#nowUs());
      return ticket;
    }
    if (this.#queued === MOST_SENT || this.#used + length > SEND_BYTES) this.flush();
    this.#data.bytes.set(datagram, this.#used);
    this.#tickets[this.#queued] = ticket;
    this.#toSend.point(this.#queued++, this.#data.address + this.#used, length);
    this.#used += length;
    return ticket;
  }

  /** Sends what is queued. */
  flush(): void {
    if (this.#queued === 0) return;
    const leavesUs = this.#nowUs();
    for (let index = 0; index < this.#queued; index++)
      this.#departures.note(this.#tickets[index] ?? 0, leavesUs);
    // The waits of one flush are bounded together: a socket that stays full must not hold up the others, or a stop.
    let [sent, refusals, waits] = [0, 0, 0];
    while (sent < this.#queued) {
      const headers = this.#toSend.address + 64 * sent;
      const result = this.#libc.sendmmsg(this.fd, headers, this.#queued - sent, MSG_DONTWAIT);
      if (result > 0) {
        sent += result;
        refusals = 0;
        continue;
      }
      const errno = this.#libc.errno();
      if (errno === EINTR) continue;
      // The kernel reports that nobody listened where an earlier datagram went (udp(7)), and has sent nothing. That is
      // the server's doing. The datagram is sent again, as the server may be up again to take it.
      if (errno === ECONNREFUSED && refusals++ === 0) continue;
      if ((errno === EAGAIN || errno === ENOBUFS) && waits++ < WRITABLE_TRIES) {
        this.#awaitWritable();
        continue;
      }
      if (errno !== ECONNREFUSED) this.sendErrors++;
      sent++;
      refusals = 0;
    }
    this.#queued = 0;
    this.#used = 0;
  }

  #awaitWritable(): void {
    const { bytes, address } = this.#libc.allocate(4_096);
    const words = new Int32Array(bytes.buffer);
    words[0] = this.fd;
    words[1] = POLLOUT;
    words[6] = WRITABLE_WITHIN_MS * 1_000_000;
    this.#libc.ppoll(address, 1, address + 16);
  }

  /** Reads what has arrived, at most a batch, and returns how many datagrams that are. */
  readBatch(): number {
    this.#next = 0;
    let result = this.#libc.recvmmsg(this.fd, this.#read.address, MOST_READ, MSG_DONTWAIT);
    // The kernel reports a refusal, or another error of the network, once, before what has arrived.
    if (result === -1 && this.#libc.errno() !== EAGAIN)
      result = this.#libc.recvmmsg(this.fd, this.#read.address, MOST_READ, MSG_DONTWAIT);
    this.#count = Math.max(0, result);
    return this.#count;
  }

  /**
   * Notes when each datagram of the batch arrived; does nothing where none was read.
   *
   * @param wokeUs when the load began to read: what is found empty then is empty
   * @param nowUs the load's clock, microseconds, after the batch was read
   */
  noteArrivals(clock: KernelClock, wokeUs: number, nowUs: number): void {
    if (this.#next === this.#count) return;
    for (let index = this.#next; index < this.#count; index++) {
      const machineUs = this.#read.arrivedAtUs(index);
      this.#atUs[index] = machineUs < 0 ? nowUs : clock.toLoad(machineUs, this.#emptyAtUs, nowUs);
      this.#read.renew(index, false, true);
    }
    if (this.#count < MOST_READ) this.#emptyAtUs = wokeUs;
  }

  /** Whether there was more than one batch. */
  get isFull(): boolean {
    return this.#count === MOST_READ;
  }

  /** When the next datagram of the batch arrived; Infinity after the last. */
  get nextAtUs(): number {
    return this.#next < this.#count ? (this.#atUs[this.#next] ?? 0) : Infinity;
  }

  /** Hands over the next datagram of the batch. */
  handOver(): void {
    const index = this.#next++;
    const length = this.#read.lengthOf(index);
    let view = this.#views[index];
    if (view?.length !== length) {
      view = this.#rooms.bytes.subarray(index * ROOM_BYTES, index * ROOM_BYTES + length);
      this.#views[index] = view;
    }
    let sender: Sender | undefined;
    if (!this.#isConnected) {
      sender = this.#senders.of(this.#read.nameOf(index));
      this.#read.renew(index, true, false);
    }
    this.#request.receive(view, this.#atUs[index] ?? 0, sender);
  }

  close(): Promise<void> {
    return new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
