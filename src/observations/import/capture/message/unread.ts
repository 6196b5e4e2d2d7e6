import type { Gap } from '../../gap.js';
import type { Client } from '../exchange/client.js';
import { hex, withoutType } from './dhcp-message.js';
import type { Holders } from '../network/networks.js';
import type { Datagram } from '../file/udp.js';

/** A part of a capture that may have been a DHCP message and was not read. Times are microseconds since 1970. */
export interface Unread extends Omit<Gap, 'owners'> {
  /** The client's hardware address or DUID in hexadecimal; empty if it can't be seen. */
  whose: string;
}

/** At most this many are kept. The last one then lasts until the latest of the further ones. */
const MOST_TOLD = 100_000;

export function noteUnread(all: Unread[], one: Unread): void {
  const last = all.at(-1);
  if (all.length < MOST_TOLD || last === undefined) all.push(one);
  else {
    last.untilUs = Math.max(last.untilUs, one.untilUs);
    last.family = undefined;
    last.whose = '';
  }
}

/**
 * The offsets of the hardware address in a DHCPv4 message (RFC 2131 figure 1), and of the options in a DHCPv6
 * message.
 */
const HARDWARE_AT = 28;
const OPTIONS_AT = 4;
const CLIENT_ID = 1;

/** The client of a message that can't be read as a whole, as `Unread.whose`. */
export function whoseIs({ family, payload }: Datagram): string {
  return family === 4 ? hardwareIn(payload) : duidIn(payload);
}

function hardwareIn(payload: Buffer): string {
  const length = payload[2] ?? 0;
  if (length === 0 || length > 16 || payload.length < HARDWARE_AT + length) return '';
  return payload.toString('hex', HARDWARE_AT, HARDWARE_AT + length);
}

/** The client's DUID; empty if the message is relayed. */
function duidIn(payload: Buffer): string {
  if ((payload[0] ?? 0) > 11) return '';
  for (let at = OPTIONS_AT; at + 4 <= payload.length; at += 4 + payload.readUInt16BE(at + 2)) {
    const end = at + 4 + payload.readUInt16BE(at + 2);
    if (payload.readUInt16BE(at) === CLIENT_ID)
      return end > payload.length ? '' : hex(payload.subarray(at + 4, end));
  }
  return '';
}

/**
 * The unread parts in the form that the judgement takes: clients are given by their `owner` number, and times count
 * from the capture's first message.
 */
export function gapsOf(
  unread: readonly Unread[],
  clients: Iterable<Client>,
  { ownerOf }: Holders,
  firstUs: number,
): Gap[] {
  if (unread.length === 0) return [];
  const owners = new Map<string, Set<number>>();
  for (const { identity, number } of clients) {
    const whose = identity.family === 4 ? withoutType(identity.hardwareAddress) : identity.duid;
    const its = owners.get(whose) ?? new Set();
    owners.set(whose, its.add(ownerOf(number)));
  }
  const nameless = owners.get('') ?? new Set();
  return unread.map(({ whose, fromUs, untilUs, ...gap }) => ({
    ...gap,
    fromUs: fromUs - firstUs,
    untilUs: untilUs - firstUs,
    owners: whose === '' ? undefined : new Set([...(owners.get(whose) ?? []), ...nameless]),
  }));
}
