import { createSocket } from 'node:dgram';
import { expect, it } from 'vitest';
import { withTransport } from '../transport/transport.test-support.js';
import { RelaySocket } from './relay-socket.js';

const endpoint = (address: string, port: number) => ({
  name: 'dhcp4 server-1',
  address: '127.0.0.1',
  port: 9,
  relay: { address, port },
});

const refusal = (address: string, port: number) =>
  withTransport('dgram', (request) => RelaySocket.open(endpoint(address, port), () => undefined, request));

it.each([
  // TEST-NET-1, RFC 5737: no machine has this address.
  ['an address of another machine', '192.0.2.1', 0, /ip address/],
])('a relay socket on %s is refused, with a hint what to do', async (_what, address, port, hint) => {
  const refused = refusal(address, port);
  await expect(refused).rejects.toMatchObject({
    code: 'PREREQUISITE',
    hint: expect.stringMatching(hint) as string,
  });
});

it('a relay socket on a port that another program has is refused, with a hint what to do', async () => {
  const taken = createSocket('udp4');
  await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
  try {
    const refused = refusal('127.0.0.1', taken.address().port);
    await expect(refused).rejects.toMatchObject({
      code: 'PREREQUISITE',
      hint: expect.stringContaining('another program') as string,
    });
  } finally {
    taken.close();
  }
});
