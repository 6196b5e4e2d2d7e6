import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { handleOf } from '../../../network/socket-handle.js';
import { askForTimes, untilTimesAreNoted } from './arrival-times.js';
import { loadLibc } from './libc.js';

const socket = createSocket('udp4');
afterEach(() => socket.close());

describe('the kernel', () => {
  it('notes when datagrams arrive, and one whose note is later than that is not taken for it', async () => {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const handle = handleOf(socket);
    handle?.recvStop?.();
    const fd = handle?.fd ?? -1;
    const libc = await loadLibc();
    expect(askForTimes(libc, fd)).toBe(true);
    // By a clock that stands in 1970, each datagram is noted after it was sent.
    const inThePast = { ...libc, clockGettime: () => 0 };
    expect(await untilTimesAreNoted(inThePast, socket, fd, 3)).toBe(false);
    expect(await untilTimesAreNoted(libc, socket, fd)).toBe(true);
  });
});
