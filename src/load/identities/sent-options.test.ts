import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import { scenarioSchema, type Scenario } from '../../scenario/schema.js';
import { advertise6, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import { STEP, type Exchange } from '../exchanges/exchange.js';
import { Identities } from './identities.js';
import { OptionsOfClients } from './sent-options.js';

const NO_TIME = { seekingS: 0, exchangingMs: 0 };

function loadOf(load: Record<string, unknown>): Scenario['load'] {
  return scenarioSchema.parse({ name: 'mine', description: 'made up', load }).load;
}

describe('a DHCPv4 client behind an access node', () => {
  const load = loadOf({
    relayHops: 2,
    dhcp4: {
      circuitId: 'eth 0/{client}',
      remoteId: '0x0006{client}',
      subscriberId: 'line-{client}',
      options: [
        { code: 60, value: 'docsis3.0' },
        { code: 12, value: 'host-{client}' },
      ],
    },
  });
  const identities = new Identities(1, 0, { options: new OptionsOfClients(4, load) });
  const exchange = new Dhcp4Exchange('10.0.0.1', { identity: identities.of(0), hops: load.relayHops });

  /** What the message of a client carries. */
  function readIn(datagram: Uint8Array): object {
    const message = v4.decodeMessage(datagram);
    const text = (code: number): string => Buffer.from(message.options.get(code) ?? []).toString();
    return {
      hops: message.hops,
      vendorClass: text(60),
      hostName: text(12),
      relay: (v4.relayAgentInformation(message) ?? []).map(({ code, value }) => [
        code,
        Buffer.from(value).toString(code === v4.SUB_OPTION.remoteId ? 'hex' : 'utf8'),
      ]),
    };
  }

  const expected = (client: number): object => ({
    hops: 2,
    vendorClass: 'docsis3.0',
    hostName: `host-0000000${client}`,
    relay: [
      [1, `eth 0/0000000${client}`],
      [2, `00060000000${client}`],
      [6, `line-0000000${client}`],
    ],
  });

  it.each([0, 7])('sends the same options in all its messages; client %i', (client) => {
    const identity = () => identities.of(client);
    const discovered = exchange.first(identity(), 1, NO_TIME);
    expect(readIn(discovered)).toEqual(expected(client));
    const offer = exchange.read(offer4(Uint8Array.from(discovered)));
    expect(readIn(exchange.second(identity(), 1, NO_TIME, offer))).toEqual(expected(client));
    const held = { serverId: offer.serverId, leases: [{ prefix: offer.lease, prefixLength: 32 }] };
    for (const step of [STEP.renew, STEP.rebind, STEP.release, STEP.decline, STEP.reboot])
      expect(readIn(exchange.holding(step, identity(), 1, NO_TIME, held))).toEqual(expected(client));
  });
});

describe('a DHCPv6 client behind two relays', () => {
  const load = loadOf({
    relayHops: 2,
    dhcp6: {
      interfaceId: 'ge-0/0/{client}',
      remoteId: '0x{client}',
      subscriberId: 'line-{client}',
      options: [{ code: 16, value: '0x000009bf0004{client}' }],
    },
  });
  const identities = new Identities(1, 0, { options: new OptionsOfClients(6, load) });
  const exchange = new Dhcp6Exchange(['na'], '2001:db8:1::1', {
    identity: identities.of(0),
    hops: load.relayHops,
  });

  function readIn(datagram: Uint8Array): object {
    const { message, relays } = v6.unwrap(v6.decodeMessage(datagram));
    const optionsOf = (options: readonly (v6.RelayOption | v6.ClientServerOption)[]): unknown[] =>
      options.flatMap((option): unknown[] => {
        if (option.type === 'interface-id') return [[18, Buffer.from(option.interfaceId).toString()]];
        return option.type === 'opaque' ? [[option.code, Buffer.from(option.data).toString('latin1')]] : [];
      });
    return {
      relays: relays.map(({ hopCount, linkAddress, peerAddress, options }) => [
        hopCount,
        v6.formatIpv6(linkAddress),
        v6.formatIpv6(peerAddress),
        optionsOf(options),
      ]),
      own: optionsOf(message.options),
    };
  }

  const expected = (client: number): object => ({
    relays: [
      [1, '::', '2001:db8:1::1', []],
      [
        0,
        '2001:db8:1::1',
        'fe80::1',
        [
          [18, `ge-0/0/0000000${client}`],
          [37, `\u0000\u0000\u0009\u00bf\u0000\u0000\u0000${String.fromCharCode(client)}`],
          [38, `line-0000000${client}`],
        ],
      ],
    ],
    own: [[16, `\u0000\u0000\u0009\u00bf\u0000\u0004\u0000\u0000\u0000${String.fromCharCode(client)}`]],
  });

  it.each([0, 7])('sends the same options in all its messages; client %i', (client) => {
    const identity = () => identities.of(client);
    const solicited = Uint8Array.from(exchange.first(identity(), 1, NO_TIME));
    expect(readIn(solicited)).toEqual(expected(client));
    const advertised = exchange.read(advertise6(solicited, '2001:db8:1::a'));
    const requested = exchange.second(identity(), 2, NO_TIME, advertised);
    expect(readIn(requested)).toEqual(expected(client));
    expect(readIn(exchange.again(Uint8Array.from(requested), NO_TIME))).toEqual(expected(client));
    const { lease } = advertised.parts[0];
    const held = { serverId: advertised.serverId, leases: [{ prefix: lease, prefixLength: 128 }] };
    for (const step of [STEP.renew, STEP.rebind, STEP.release, STEP.decline, STEP.reboot])
      expect(readIn(exchange.holding(step, identity(), 1, NO_TIME, held))).toEqual(expected(client));
  });

  it('reads an answer through both relays in place, and guesses the id of one that it can’t read', () => {
    const solicited = Uint8Array.from(exchange.first(identities.of(3), 77, NO_TIME));
    const answer = advertise6(solicited, '2001:db8:1::a');
    const read = exchange.read(answer);
    expect(read).toMatchObject({ id: 77, kind: 'lease' });
    expect(read.full).toBeUndefined();
    expect(read.isFor(identities.of(3))).toBe(true);
    expect(read.isFor(identities.of(4))).toBe(false);
    expect(exchange.guessId(answer)).toBe(77);
    expect(exchange.guessId(answer.subarray(0, 60))).toBe(-1);
  });
});

describe('a client that sends nothing besides', () => {
  it.each<[string, Exchange]>([
    ['DHCPv4', new Dhcp4Exchange('10.0.0.1')],
    ['DHCPv6', new Dhcp6Exchange(['na'], '2001:db8:1::1')],
  ])('sends what it sent before there were such options; %s', (_, exchange) => {
    const plain = new Identities(1, 0);
    const options = new OptionsOfClients(exchange.family === 'udp4' ? 4 : 6, loadOf({}));
    const empty = new Identities(1, 0, { options });
    const first = Uint8Array.from(exchange.first(plain.of(5), 9, NO_TIME));
    expect(exchange.first(empty.of(5), 9, NO_TIME)).toEqual(Buffer.from(first));
  });
});
