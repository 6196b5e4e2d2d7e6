import type { DecodeError } from '../../../../dhcp/decode-error.js';
import { OP } from '../../../../dhcp/v4/index.js';
import { MESSAGE_TYPE } from '../../../../dhcp/v6/index.js';
import type { Correlator } from '../exchange/correlate.js';
import { datagramsOf, noCounts, type CaptureCounts } from './datagrams.js';
import type { Unpacked } from './gzip.js';
import { recognize } from '../message/recognize.js';
import type { Datagram } from './udp.js';
import { noteUnread, whoseIs, type Unread } from '../message/unread.js';

export interface CaptureOptions {
  /** Ports whose datagrams are DHCP, beside DHCP's own. DHCP on any other port is recognised by its content. */
  ports?: readonly number[] | undefined;
  /** Judge a capture that is damaged or ends inside a packet, as far as it can be read. */
  partial?: boolean | undefined;
  /** `together`: all VLANs are one network. By default each VLAN is a network of its own. */
  vlans?: 'apart' | 'together' | undefined;
  /** False: DHCPv4 clients are told apart by their hardware address alone, as with Kea's `match-client-id`. */
  matchClientId?: boolean | undefined;
  /** The content of the file, if the file is compressed. */
  unpacked?: Unpacked | undefined;
}

/** The result of reading a capture. */
export interface Reading {
  counts: CaptureCounts;
  /** DHCP messages, including those that can't be read. */
  messages: number;
  /** Messages that can't be read, by what is wrong with them. */
  unreadable: { requests: Map<string, number>; answers: Map<string, number> };
  cutMessages: number;
  /** The most bytes that the capture has of a frame that was cut short. */
  cutAtBytes: number;
  /** Datagrams that were cut so short that nobody can tell what they are. */
  cutOthers: number;
  firstUs: number;
  lastUs: number;
}

/** Hands all messages of a capture to a correlator, in order of time. */
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
