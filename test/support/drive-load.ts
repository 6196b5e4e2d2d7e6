import { openLoad, type LoadRequest } from '../../src/load/run-load.js';
import { loadServerOf } from '../../src/load/load-server.js';
import { withTransport } from '../../src/load/transport/transport.test-support.js';
import type { StartedServer } from '../../src/kea/started-server.js';

/** Drives a load in this thread, with Node's own sockets, until it is over. */
export function driveLoad(
  request: Pick<LoadRequest, 'cases' | 'load' | 'seed' | 'observe'> & { servers: readonly StartedServer[] },
): Promise<void> {
  return withTransport('dgram', async (sockets) => {
    const load = await openLoad({
      ...request,
      ...sockets,
      servers: request.servers.map(loadServerOf),
      isStopped: () => false,
    });
    await load.run();
  });
}
