import { constants } from 'node:os';
import { Headers } from './headers.js';
import type { Libc } from './libc.js';

const MSG_DONTWAIT = 0x40;
const { EAGAIN } = constants.errno;

/**
 * Makes each system call of the transport once, on a socket at which nothing has arrived. A sandbox may refuse some of them.
 *
 * @throws Error that names the call which this machine refuses
 */
export function requireCalls(libc: Libc, fd: number): void {
  const require = (call: string, isMade: boolean): void => {
    if (!isMade) throw new Error(`${call} failed with ${nameOf(libc.errno())}`);
  };
  const headers = new Headers(libc, 1, { names: false, controls: false });
  const room = libc.allocate(1);
  headers.point(0, room.address, 1);
  const read = libc.recvmmsg(fd, headers.address, 1, MSG_DONTWAIT);
  require('recvmmsg(2)', read >= 0 || libc.errno() === EAGAIN);
  require('sendmmsg(2)', libc.sendmmsg(fd, headers.address, 0, MSG_DONTWAIT) === 0);
  // A time of zero: it returns at once.
  const time = libc.allocate(16);
  require('ppoll(2)', libc.ppoll(time.address, 0, time.address) === 0);
}

function nameOf(errno: number): string {
  return Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? String(errno);
}
