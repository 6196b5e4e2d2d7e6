import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { HarnessError, messageOf } from '../../errors.js';
import { ownCommand } from '../../tool.js';

export const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;

type Family = keyof typeof LOOPBACK;

const MENDS: Readonly<Record<Family, string>> = {
  4: 'as root: ip link set lo up',
  6: 'as root: sysctl -w net.ipv6.conf.lo.disable_ipv6=0; for a container: docker run --sysctl net.ipv6.conf.lo.disable_ipv6=0',
};

/** What keeps programs from the loopback address of a family, and what mends it. Undefined where nothing does. */
export async function loopbackObstacle(family: Family): Promise<{ what: string; mend: string } | undefined> {
  const socket = createSocket(`udp${family}`);
  try {
    socket.bind(0, LOOPBACK[family]);
    await once(socket, 'listening');
    return undefined;
  } catch (error) {
    return { what: messageOf(error), mend: MENDS[family] };
  } finally {
    socket.close();
  }
}

/** Errors: PREREQUISITE where a family has no loopback address. */
export async function requireLoopback(families: Iterable<Family>): Promise<void> {
  for (const family of new Set(families)) {
    const obstacle = await loopbackObstacle(family);
    if (obstacle === undefined) continue;
    throw new HarnessError(
      'PREREQUISITE',
      `this machine has no loopback address ${LOOPBACK[family]}, which DHCPv${family} needs: ${obstacle.what}`,
      { hint: `${obstacle.mend}; \`${ownCommand('doctor')}\` tries it again` },
    );
  }
}
