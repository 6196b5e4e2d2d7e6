import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { CASE_SUBNETS } from '../kea/subnets.js';
import { scenarioSchema } from '../scenario/schema.js';
import { openLoad } from './run-load.js';
import { EACH_TRANSPORT, withTransport } from './transport/transport.test-support.js';

it.each(EACH_TRANSPORT)(
  'with %s, the load ends when the last client gives up, also where no answer comes to wake it',
  { timeout: 20_000 },
  async (name) => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { load } = scenarioSchema.parse({
      name: 'silence',
      description: 'a server that says nothing',
      load: { clientsPerServer: 2, ratePerServer: 100, timeoutMs: 50, maxAttempts: 2, drainMs: 0 },
    });
    const seen: string[] = [];
    try {
      await withTransport(name, async (sockets) => {
        const { run } = await openLoad({
          ...sockets,
          cases: ['dhcp4'],
          servers: [
            {
              name: 'dhcp4 server-1',
              kind: 'dhcp4',
              subnets: [CASE_SUBNETS.dhcp4],
              address: '127.0.0.1',
              port: silent.address().port,
              relay: { address: '127.0.0.1', port: 0 },
            },
          ],
          load,
          seed: 1,
          observe: ({ type }) => seen.push(type),
          isStopped: () => false,
        });
        await run();
      });
    } finally {
      silent.close();
    }
    expect(seen.filter((type) => type === 'timeout')).toHaveLength(4);
  },
);
