import { expect, it } from 'vitest';
import { hardwareAddress, decodeMessage, formatIpv4 } from '../../dhcp/v4/index.js';
import { Bench, BENCH, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Exchanges } from '../exchanges/exchanges.js';
import { relayOf } from './relays.js';

it('the n-th clients of all servers share a relay, and each relay has as many clients', () => {
  const relays = Array.from({ length: 12 }, (_, client) => relayOf(client, 3, 2));
  expect(relays).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
});

it('a client speaks through its relay from its first message to its last', () => {
  const addresses = ['127.0.0.1', '127.0.0.2'];
  const through: number[] = [];
  const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [0, 0, 0, 0], {
    exchanges: new Exchanges(addresses.length, (relay) => new Dhcp4Exchange(addresses[relay])),
    send: (server, datagram, client) => {
      through.push(client);
      bench.sent.push({ server, datagram: Uint8Array.from(datagram), atUs: bench.nowUs });
      return 0;
    },
  });
  bench.passTo(0);
  for (let client = 0; client < 4; client++)
    bench.arrive(offer4(bench.datagram(client)), client % BENCH.servers);
  const seen = bench.sent.map(({ datagram }) => decodeMessage(datagram));
  const giaddrs = ['127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.2'];
  expect(seen.map(({ giaddr }) => formatIpv4(giaddr))).toEqual([...giaddrs, ...giaddrs]);
  expect(through).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  const hardware = seen.map((message) => [...hardwareAddress(message)]);
  expect(hardware.slice(4)).toEqual(hardware.slice(0, 4));
});
