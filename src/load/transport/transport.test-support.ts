import { closeSync } from 'node:fs';
import { OpenSockets } from '../../network/open-sockets.js';
import type { SocketsRequest } from '../sockets/relay-socket.js';
import { openTransport } from './open-transport.js';
import { TRANSPORTS, type TransportName } from '../../results/transport-names.js';

/** Every transport is held to the same tests. */
export const EACH_TRANSPORT = TRANSPORTS;

export const nowUs = (): number => performance.now() * 1_000;

/** Opens a transport for one test, and closes it however the test ends. */
export async function withTransport<T>(
  name: TransportName,
  body: (request: SocketsRequest) => Promise<T>,
): Promise<T> {
  const { transport } = await openTransport(name, nowUs);
  const opening = new OpenSockets();
  try {
    return await body({ transport, opening, nowUs });
  } finally {
    await opening.close();
    await transport.close();
    if (transport.wakeDescriptor !== undefined) closeSync(transport.wakeDescriptor);
  }
}
