import type { Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { Headers, secondsUs, SO_TIMESTAMPNS, SOL_SOCKET } from './headers.js';
import type { Libc } from './libc.js';
import { CLOCK_REALTIME } from './kernel-clock.js';

const MSG_DONTWAIT = 0x40;
/** Enough also for a machine with much else to do: the kernel takes some milliseconds at most when it is idle. */
const TRIES = 500;
const BETWEEN_TRIES_MS = 1;

/** Asks the kernel to say when each datagram arrives at a socket (socket(7)), and returns whether it takes that. */
export function askForTimes(libc: Pick<Libc, 'allocate' | 'setsockopt'>, fd: number): boolean {
  const { bytes, address } = libc.allocate(4);
  bytes[0] = 1;
  return libc.setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, address, 4) === 0;
}

/**
 * Waits until the kernel notes when datagrams arrive. After the first socket of a machine asked for that, the kernel turns
 * it on in its own time, and until then it gives a datagram the time at which it is read. It stays on while a socket that
 * asked is open.
 *
 * @param socket is bound, has asked for times, and sends datagrams to itself
 * @returns whether the kernel does so; false where it did not begin in half a second or more
 */
export async function untilTimesAreNoted(
  libc: Pick<Libc, 'allocate' | 'recvmmsg' | 'clockGettime'>,
  socket: Socket,
  fd: number,
  tries = TRIES,
): Promise<boolean> {
  const headers = new Headers(libc, 1, { names: false, controls: true });
  const room = libc.allocate(1);
  headers.point(0, room.address, 1);
  const time = libc.allocate(16);
  const words = new Uint32Array(time.bytes.buffer);
  const { address, port } = socket.address();
  for (let tried = 0; tried < tries; tried++) {
    await new Promise<void>((resolve) => socket.send(Uint8Array.of(0), port, address, () => resolve()));
    libc.clockGettime(CLOCK_REALTIME, time.address);
    const sentUs = secondsUs(words, 0);
    await pause(BETWEEN_TRIES_MS);
    headers.renew(0, false, true);
    const isRead = libc.recvmmsg(fd, headers.address, 1, MSG_DONTWAIT) === 1;
    const arrivedUs = isRead ? headers.arrivedAtUs(0) : -1;
    if (arrivedUs >= 0 && arrivedUs <= sentUs) return true;
  }
  return false;
}
