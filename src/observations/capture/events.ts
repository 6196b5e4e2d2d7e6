import type { Correlator, Event } from './correlate.js';
import { datagramsOf, noCounts, type CaptureCounts } from './datagrams.js';
import { recognize } from './recognize.js';

export interface CaptureOptions {
  /** Ports whose datagrams are DHCP, beside DHCP's own and those recognised by their content. */
  ports?: readonly number[] | undefined;
  /** Judge a capture that is damaged or ends inside a packet, as far as it can be read. */
  partial?: boolean | undefined;
  /** `together`: VLANs are one network; each is a network of its own by default. */
  vlans?: 'apart' | 'together' | undefined;
  /** False: DHCPv4 clients are told by their hardware address alone, as with Kea's `match-client-id`. */
  matchClientId?: boolean | undefined;
}

/** What the reading of a capture came to. */
export interface Reading {
  counts: CaptureCounts;
  /** DHCP messages, those that can't be read too. */
  messages: number;
  /** Datagrams that can't be read, and are no answer to anything. */
  malformedRequests: number;
  cutMessages: number;
  /** Datagrams that were cut short so that nobody can tell what they are. */
  cutOthers: number;
  firstUs: number;
  lastUs: number;
}

/** @param before the first pass, where this is the second */
export function nothingRead(before?: Reading): Reading {
  const order = before?.counts.order;
  return {
    counts: { ...noCounts(), ...(order === undefined ? {} : { order }) },
    messages: 0,
    malformedRequests: 0,
    cutMessages: 0,
    cutOthers: 0,
    firstUs: 0,
    lastUs: 0,
  };
}

/** What a capture tells, in order of time; `reading` is filled on the way. Each pass takes a correlator of its own. */
export function* eventsOf(
  path: string,
  { ports = [], partial = false, vlans = 'apart' }: CaptureOptions,
  correlator: Correlator,
  reading: Reading,
): Generator<Event> {
  const known = new Set(ports);
  for (const { datagram, atUs } of datagramsOf(path, reading.counts, partial)) {
    if (vlans === 'together') datagram.network = '';
    const recognized = recognize(datagram, known, correlator.isServer);
    if (recognized === 'not-dhcp') {
      if (datagram.cut) reading.cutOthers++;
      continue;
    }
    if (reading.messages++ === 0) reading.firstUs = atUs;
    reading.lastUs = Math.max(reading.lastUs, atUs);
    if (datagram.cut) reading.cutMessages++;
    if (recognized !== 'malformed') {
      yield* correlator.take(recognized.message, datagram, atUs);
      continue;
    }
    const events = correlator.takeMalformed(datagram, atUs);
    if (events.length === 0 && !datagram.cut) reading.malformedRequests++;
    yield* events;
  }
  yield* correlator.end();
}
