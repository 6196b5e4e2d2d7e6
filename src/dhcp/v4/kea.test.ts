import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatIpv4 } from './address.js';
import { relayAgentInformation, renewalTime, rebindingTime } from './fields.js';
import { decodeMessage, encodeMessage } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { readReply } from './reply.js';

interface Exchange {
  name: string;
  request: string;
  reply: string | null;
}
const url = new URL('./fixtures/kea-2.2.0.json', import.meta.url);
const { exchanges } = JSON.parse(readFileSync(url, 'utf8')) as { exchanges: Exchange[] };

function datagrams(name: string): { request: Uint8Array; reply: Uint8Array | undefined } {
  const exchange = exchanges.find((candidate) => candidate.name === name);
  if (exchange === undefined) throw new Error(`no exchange ${name}`);
  const reply = exchange.reply === null ? undefined : new Uint8Array(Buffer.from(exchange.reply, 'hex'));
  return { request: new Uint8Array(Buffer.from(exchange.request, 'hex')), reply };
}

function replyMessage(name: string) {
  const { reply } = datagrams(name);
  if (reply === undefined) throw new Error(`no reply to ${name}`);
  return decodeMessage(reply);
}

describe('datagrams of Kea 2.2.0', () => {
  it.each(exchanges)('survive being read and written: $name', ({ name }) => {
    const { request, reply } = datagrams(name);
    expect(encodeMessage(decodeMessage(request))).toEqual(request);
    if (reply === undefined) return;
    const message = decodeMessage(reply);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
    // Kea splits long options at 253 bytes, not 255. The overloaded message was made by hand.
    const canonical = !/long option|overload/.test(name);
    expect(Buffer.compare(encodeMessage(message), reply) === 0).toBe(canonical);
  });

  it.each([
    ['discover', MESSAGE_TYPE.offer, '192.0.2.10', 'ff0000000100020000ab1100ff42', '020000000001'],
    ['request', MESSAGE_TYPE.ack, '192.0.2.10', 'ff0000000100020000ab1100ff42', '020000000001'],
    ['discover without client identifier', MESSAGE_TYPE.offer, '192.0.2.11', undefined, '020000000002'],
    ['request without client identifier', MESSAGE_TYPE.ack, '192.0.2.11', undefined, '020000000002'],
  ])('%s', (name, type, address, identifier, hardware) => {
    const message = replyMessage(name);
    const reply = readReply(message);
    expect(reply).toMatchObject({ messageType: type, xid: decodeMessage(datagrams(name).request).xid });
    expect([formatIpv4(reply.yiaddr), formatIpv4(reply.serverIdentifier)]).toEqual([address, '127.0.0.1']);
    expect([reply.leaseTime, renewalTime(message), rebindingTime(message)]).toEqual([4000, 1000, 2000]);
    expect(reply.clientIdentifier && Buffer.from(reply.clientIdentifier).toString('hex')).toBe(identifier);
    expect(Buffer.from(reply.hardwareAddress).toString('hex')).toBe(hardware);
  });

  it('return option 82 as it was sent', () => {
    expect(relayAgentInformation(replyMessage('request'))).toEqual([
      { code: 1, value: Uint8Array.of(0, 101, 116, 104, 48, 47, 49) },
      { code: 2, value: Uint8Array.of(255, 0) },
    ]);
  });

  it('refuse an address that another client has', () => {
    const reply = readReply(replyMessage('request for the address of another client'));
    expect(reply).toMatchObject({ messageType: MESSAGE_TYPE.nak, leaseTime: undefined });
    expect(formatIpv4(reply.yiaddr)).toBe('0.0.0.0');
  });

  it.each(['request for an address of another subnet', 'discover with the pool exhausted'])(
    'there are none after %s',
    (name) => expect(datagrams(name).reply).toBeUndefined(),
  );

  it('carry 600 bytes in one option, a server name and a boot file', () => {
    const { options, sname, file, siaddr } = replyMessage(
      'discover answered with a long option, sname and file',
    );
    expect(options.get(224)).toEqual(Uint8Array.from({ length: 600 }, (_, i) => i));
    expect(formatIpv4(siaddr)).toBe('192.0.2.2');
    expect(Buffer.from(sname).toString()).toBe('boot.example'.padEnd(64, '\0'));
    expect(Buffer.from(file).toString()).toBe('pxelinux.0'.padEnd(128, '\0'));
  });

  it('carry one option in three fields', () => {
    const { options } = replyMessage('discover answered with option overload');
    expect(Buffer.from(options.get(225) ?? []).toString()).toBe('opt-kea-split');
    expect(Buffer.from(options.get(12) ?? []).toString()).toBe('hosted');
  });
});
