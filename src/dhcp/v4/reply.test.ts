import { describe, expect, it } from 'vitest';
import { parseIpv4 } from './address.js';
import { discover } from './client-messages.js';
import { rebindingTime, renewalTime } from './fields.js';
import { OP, type Dhcp4Message } from './message.js';
import { OPTION } from './options/code.js';
import { readReply } from './reply.js';

const identity = { hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 9) };

/** An answer with an address, a server identifier and a lease time of 258 seconds, by default. */
function answer(type: number, more: Record<number, number[] | undefined> = {}, yiaddr = '192.0.2.10') {
  const values: Record<number, number[] | undefined> = {
    [OPTION.messageType]: [type],
    [OPTION.serverIdentifier]: [192, 0, 2, 2],
    [OPTION.leaseTime]: [0, 0, 1, 2],
    ...more,
  };
  const message: Dhcp4Message = {
    ...discover({ xid: 5, identity }),
    op: OP.bootReply,
    yiaddr: parseIpv4(yiaddr),
    options: new Map(),
  };
  for (const [code, value] of Object.entries(values)) {
    if (value !== undefined) message.options.set(Number(code), Uint8Array.from(value));
  }
  return message;
}

const NAK_OPTIONS = { [OPTION.leaseTime]: undefined, [OPTION.statusMessage]: [110, 111, 0xff] };

describe('the reader of answers', () => {
  it('reads what an ACK gives', () => {
    expect(readReply(answer(5, { [OPTION.clientIdentifier]: [0, 1] }))).toEqual({
      messageType: 5,
      xid: 5,
      clientIdentifier: Uint8Array.of(0, 1),
      hardwareAddress: identity.hardwareAddress,
      yiaddr: parseIpv4('192.0.2.10'),
      serverIdentifier: parseIpv4('192.0.2.2'),
      leaseTime: 258,
      statusMessage: undefined,
    });
  });

  it('reads why a NAK refuses', () => {
    const reply = readReply(answer(6, NAK_OPTIONS, '0.0.0.0'));
    expect(reply).toMatchObject({ messageType: 6, leaseTime: undefined, statusMessage: 'no\ufffd' });
    expect(reply.clientIdentifier).toBeUndefined();
  });

  it('reads infinity', () => {
    expect(readReply(answer(5, { [OPTION.leaseTime]: [255, 255, 255, 255] })).leaseTime).toBe(0xffffffff);
  });

  it('accepts an ACK without address and lease time, which answers an INFORM', () => {
    const reply = readReply(answer(5, { [OPTION.leaseTime]: undefined }, '0.0.0.0'));
    expect(reply.leaseTime).toBeUndefined();
  });

  it.each<[string, Dhcp4Message, string]>([
    ['a request', { ...answer(2), op: OP.bootRequest }, 'MESSAGE_TYPE'],
    ['a DISCOVER', answer(1), 'MESSAGE_TYPE'],
    ['type 9', answer(9), 'MESSAGE_TYPE'],
    ['BOOTP', answer(0, { [OPTION.messageType]: undefined }), 'MESSAGE_TYPE'],
    ['a type of two bytes', answer(2, { [OPTION.messageType]: [2, 2] }), 'OPTION_LENGTH'],
    ['no server identifier', answer(5, { [OPTION.serverIdentifier]: undefined }), 'MISSING_OPTION'],
    ['a server identifier cut short', answer(6, { [OPTION.serverIdentifier]: [1] }), 'OPTION_LENGTH'],
    ['an address without a lease time', answer(2, { [OPTION.leaseTime]: undefined }), 'MISSING_OPTION'],
    ['a lease time of two bytes', answer(5, { [OPTION.leaseTime]: [1, 2] }), 'OPTION_LENGTH'],
  ])('refuses %s', (_, message, code) => {
    expect(() => readReply(message)).toThrow(expect.objectContaining({ name: 'DecodeError', code }));
  });
});

describe('T1 and T2', () => {
  it('are read in seconds', () => {
    const message = answer(5, { [OPTION.renewalTime]: [0, 0, 3, 232], [OPTION.rebindingTime]: [0, 0, 7, 8] });
    expect([renewalTime(message), rebindingTime(message)]).toEqual([1000, 1800]);
    expect(renewalTime(answer(5))).toBeUndefined();
  });
});
