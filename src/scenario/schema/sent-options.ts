import { z } from 'zod';
import { readOptionValue } from '../option-value.js';

/**
 * The options that clients and relays send besides those of the protocol. `load.dhcp4` and `load.dhcp6` have one block
 * each, as codes and relay options differ.
 */

/** The codes that the harness writes itself, and those without a value (RFC 2132); option 82 has keys of its own. */
export const OWN_CODES_4: Readonly<Record<number, string>> = {
  50: 'the requested address',
  52: 'option overload',
  53: 'the message type',
  54: 'the server identifier',
  61: 'the client identifier',
  82: 'relay agent information, for which circuitId, remoteId and subscriberId are there',
};

/** The codes that the harness writes itself, or that only relays and servers write (RFC 8415 section 21). */
export const OWN_CODES_6: Readonly<Record<number, string>> = {
  1: 'the client identifier',
  2: 'the server identifier',
  3: 'an IA_NA',
  4: 'an IA_TA',
  8: 'the elapsed time',
  9: 'a relayed message',
  14: 'rapid commit, for which load.rapidCommit is there',
  18: 'the interface-id, for which interfaceId is there',
  25: 'an IA_PD',
  37: 'the remote-id, for which remoteId is there',
  38: 'the subscriber-id, for which subscriberId is there',
};

/** The private enterprise number of ISC, the makers of Kea. */
export const ISC_ENTERPRISE_NUMBER = 2_495;

const HOW = "text, or hexadecimal bytes after 0x; {client} in it is the client's number";

export const optionValue = z.string().superRefine((written, context) => {
  const value = readOptionValue(written);
  if (typeof value === 'string') context.addIssue({ code: 'custom', message: value });
});

const sent = (what: string) => optionValue.optional().describe(`${what}: ${HOW}`);

function options(most: number, own: Readonly<Record<number, string>>) {
  const code = z
    .int()
    .min(1)
    .max(most)
    .superRefine((one, context) => {
      const what = own[one];
      if (what !== undefined)
        context.addIssue({
          code: 'custom',
          message: `must be a code that the harness does not send itself (${one} is ${what})`,
        });
    });
  return z
    .array(
      z.strictObject({
        code: code.describe('the code of the option'),
        value: optionValue.describe(`its value: ${HOW}`),
      }),
    )
    .max(64)
    .refine((list) => new Set(list.map((one) => one.code)).size === list.length, {
      message: 'must name each code once',
    })
    .default([])
    .describe('options that each client sends in all its messages');
}

/** `load.dhcp4`. */
export const dhcp4Sent = z
  .strictObject({
    circuitId: sent('option 82, circuit-id (RFC 3046 section 3.1)'),
    remoteId: sent('option 82, remote-id (RFC 3046 section 3.2)'),
    subscriberId: sent('option 82, subscriber-id (RFC 3993)'),
    options: options(254, OWN_CODES_4),
  })
  .optional()
  .describe('what clients and relays of DHCPv4 send besides');

/** `load.dhcp6`. */
export const dhcp6Sent = z
  .strictObject({
    interfaceId: sent('interface-id of the relay (RFC 8415 section 21.18)'),
    remoteId: sent('remote-id of the relay (RFC 4649), without the enterprise number'),
    enterpriseNumber: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(ISC_ENTERPRISE_NUMBER)
      .describe("enterprise number of remoteId (RFC 4649 section 3); by default ISC's"),
    subscriberId: sent('subscriber-id of the relay (RFC 4580)'),
    options: options(65_535, OWN_CODES_6),
  })
  .optional()
  .describe('what clients and relays of DHCPv6 send besides');
