import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import { readClientList } from '../../scenario/client-list/client-list.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { ack4, Bench, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Exchanges } from '../exchanges/exchanges.js';
import { identityOf } from './identities.js';
import { identitiesOf } from './identities-of-run.js';

const LIST = `hardwareAddress,clientIdentifier,circuitId,dhcp4.12
020000000001,0101020304,eth 0/1,a
020000000002,,eth 0/22,
0200000000000003,0105,,a longer name
020000000004,0109020304,eth 0/4,b
`;
const { clients: listed } = readClientList(LIST, [4]);
const { load } = scenarioSchema.parse({
  name: 'mine',
  description: 'made up',
  load: { dhcp4: { circuitId: 'port {client}', options: [{ code: 60, value: 'router' }] } },
});

describe('clients that a list names', () => {
  const identities = identitiesOf({ seed: 1, listed }, 0, 4, load);

  it('have the identities of the list, and send what it says, or else what the scenario says', () => {
    const made = new Exchanges(1, (_, identity) => new Dhcp4Exchange('10.0.0.1', { identity }));
    const bench = new Bench(made.of(0, identities.of(0)), [0, 0, 0, 0], {
      identities,
      exchanges: made,
      servers: 1,
    });
    bench.passTo(0);
    const read = [0, 1, 2, 3].map((client) => {
      const message = v4.decodeMessage(bench.datagram(client));
      const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
      const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
      return [
        hex(v4.hardwareAddress(message)),
        hex(v4.clientIdentifier(message)),
        text(v4.relayAgentInformation(message)?.[0]?.value),
        text(message.options.get(60)),
        text(message.options.get(12)),
      ];
    });
    expect(read).toEqual([
      ['020000000001', '0101020304', 'eth 0/1', 'router', 'a'],
      ['020000000002', '', 'eth 0/22', 'router', ''],
      ['0200000000000003', '0105', 'port 00000002', 'router', 'a longer name'],
      ['020000000004', '0109020304', 'eth 0/4', 'router', 'b'],
    ]);
    // Each takes its own answer, whatever the lengths of its identifiers.
    for (let client = 0; client < 4; client++)
      bench.arrive(offer4(bench.datagram(client), `10.1.0.${client}`));
    for (let client = 0; client < 4; client++)
      bench.arrive(ack4(bench.datagram(4 + client), `10.1.0.${client}`));
    const granted = bench.of('answer').filter(({ phase }) => phase === 'REQUEST-ACK');
    expect(granted.map(({ client, kind }) => [client, kind])).toEqual(
      [0, 1, 2, 3].map((one) => [one, 'lease']),
    );
  });

  it('share prepared messages where only bytes differ', () => {
    const shapes = [0, 1, 2, 3].map((client) => identities.of(client).shape);
    expect(shapes).toEqual([0, 1, 2, 0]);
  });

  it('are as many as the list has', () => {
    expect(() => identities.of(4)).toThrow(RangeError);
  });
});

describe('machines that boot with several identities', () => {
  it('have one hardware address, and client identifiers of their own', () => {
    const identities = identitiesOf({ seed: 7, perMachine: 2 }, 0, 4);
    const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
    const read = [0, 1, 2, 3].map((client) => {
      const { hardwareAddress, clientIdentifier } = identities.of(client);
      return { hardwareAddress: hex(hardwareAddress), clientIdentifier: hex(clientIdentifier) };
    });
    expect(read[0]?.hardwareAddress).toBe(read[1]?.hardwareAddress);
    expect(read[2]?.hardwareAddress).toBe(read[3]?.hardwareAddress);
    expect(new Set(read.map((one) => one.hardwareAddress)).size).toBe(2);
    expect(read.map((one) => one.clientIdentifier)).toEqual(
      [0, 1, 2, 3].map((client) => hex(identityOf(7, 0, client).clientIdentifier)),
    );
  });
});
