import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Libc } from './libc.js';
import { requireCalls } from './required-calls.js';

const { EAGAIN, ENOSYS, EPERM } = constants.errno;

/** A C library in which all calls work, but for those that a test changes. */
function libc(errno: number, changes: Partial<Libc> = {}): Libc {
  return {
    recvmmsg: () => -1,
    sendmmsg: () => 0,
    ppoll: () => 0,
    errno: () => errno,
    allocate: (bytes: number) => ({
      bytes: new Uint8Array(new ArrayBuffer(Math.max(bytes, 4_096))),
      address: 4_096,
    }),
    ...changes,
  } as Libc;
}

describe('a machine', () => {
  it('has the calls where they find nothing to read', () => {
    expect(() => requireCalls(libc(EAGAIN), 3)).not.toThrow();
  });

  it.each<[string, number, Partial<Libc>, string]>([
    ['lacks recvmmsg', ENOSYS, {}, 'recvmmsg(2) failed with ENOSYS'],
    ['refuses recvmmsg', EPERM, {}, 'recvmmsg(2) failed with EPERM'],
    ['refuses sendmmsg', EAGAIN, { sendmmsg: () => -1 }, 'sendmmsg(2) failed with EAGAIN'],
    ['refuses ppoll', EAGAIN, { ppoll: () => -1 }, 'ppoll(2) failed with EAGAIN'],
  ])('that %s is told', (_, errno, changes, message) => {
    expect(() => requireCalls(libc(errno, changes), 3)).toThrow(message);
  });
});
