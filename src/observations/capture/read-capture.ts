import type { DecodeError } from '../../dhcp/decode-error.js';
import { OP } from '../../dhcp/v4/index.js';
import { MESSAGE_TYPE } from '../../dhcp/v6/index.js';
import type { Correlator } from './correlate.js';
import { datagramsOf, noCounts, type CaptureCounts } from './datagrams.js';
import type { Unpacked } from './gzip.js';
import { recognize } from './recognize.js';
import type { Datagram } from './udp.js';
import { noteUnread, whoseIs, type Unread } from './unread.js';

export interface CaptureOptions {
  /** Ports whose datagrams are DHCP, beside DHCP's own and those recognised by their content. */
  ports?: readonly number[] | undefined;
  /** Judge a capture that is damaged or ends inside a packet, as far as it can be read. */
  partial?: boolean | undefined;
  /** `together`: VLANs are one network; each is a network of its own by default. */
  vlans?: 'apart' | 'together' | undefined;
  /** False: DHCPv4 clients are told by their hardware address alone, as with Kea's `match-client-id`. */
  matchClientId?: boolean | undefined;
  /** What is inside of the file, where that is compressed. */
  unpacked?: Unpacked | undefined;
}

/** What the reading of a capture came to. */
export interface Reading {
  counts: CaptureCounts;
  /** DHCP messages, those that can't be read too. */
  messages: number;
  /** Datagrams that can't be read, by what is wrong with them. */
  unreadable: { requests: Map<string, number>; answers: Map<string, number> };
  cutMessages: number;
  /** How much of their frames the capture has, at most. */
  cutAtBytes: number;
  /** Datagrams that were cut short so that nobody can tell what they are. */
  cutOthers: number;
  firstUs: number;
  lastUs: number;
}

/** Tells a correlator all that a capture has, in order of time. */
export function readCapture(
  path: string,
  { ports = [], partial = false, vlans = 'apart', unpacked }: CaptureOptions,
  correlator: Correlator,
): Reading {
  const reading: Reading = {
    counts: noCounts(),
    messages: 0,
    unreadable: { requests: new Map(), answers: new Map() },
    cutMessages: 0,
    cutAtBytes: 0,
    cutOthers: 0,
    firstUs: 0,
    lastUs: 0,
  };
  const known = new Set(ports);
  const { networks } = correlator;
  const datagrams = datagramsOf(path, reading.counts, partial, unpacked, (one, other) =>
    networks.join(one, other),
  );
  for (const { datagram, atUs } of datagrams) {
    if (vlans === 'together' && datagram.network !== '') {
      datagram.heardIn = datagram.network;
      datagram.network = '';
    }
    const recognized = recognize(datagram, known, correlator.isServer);
    if (recognized === 'not-dhcp') {
      if (datagram.cut) {
        reading.cutOthers++;
        reading.cutAtBytes = Math.max(reading.cutAtBytes, datagram.captured);
      }
      continue;
    }
    if (reading.messages++ === 0) reading.firstUs = atUs;
    reading.lastUs = Math.max(reading.lastUs, atUs);
    if (datagram.cut) {
      reading.cutMessages++;
      reading.cutAtBytes = Math.max(reading.cutAtBytes, datagram.captured);
    }
    if ('message' in recognized) correlator.take(recognized.message, datagram, atUs);
    else {
      const isAnswer = correlator.takeMalformed(datagram, atUs);
      if (!datagram.cut) noteUnreadable(reading, datagram, recognized.malformed, isAnswer);
      const what = datagram.cut ? 'a message of DHCP was cut short' : 'a message of DHCP could not be read';
      noteUnread(reading.counts.unread, unread(datagram, atUs, what));
    }
  }
  correlator.end();
  for (const { start, atUs } of reading.counts.lost)
    if (start !== undefined && recognize(start, known) !== 'not-dhcp')
      noteUnread(reading.counts.unread, unread(start, atUs, 'fragments could not be put together'));
  return reading;
}

function unread(datagram: Datagram, atUs: number, what: string): Unread {
  return { fromUs: atUs, untilUs: atUs, family: datagram.family, what, whose: whoseIs(datagram) };
}

function noteUnreadable(
  { unreadable }: Reading,
  { payload, family }: Datagram,
  { message }: DecodeError,
  isServers: boolean,
): void {
  const isAnswer = family === 4 ? payload[0] === OP.bootReply : isAnswer6(payload[0]);
  const counts = isServers || isAnswer ? unreadable.answers : unreadable.requests;
  counts.set(message, (counts.get(message) ?? 0) + 1);
}

function isAnswer6(type: number | undefined): boolean {
  return type === MESSAGE_TYPE.advertise || type === MESSAGE_TYPE.reply || type === MESSAGE_TYPE.relayReply;
}
