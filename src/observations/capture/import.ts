import type { Imported } from '../imported.js';
import { sourceError } from '../source-error.js';
import type { CaptureCase } from './correlate.js';
import type { CaptureOptions, Reading } from './read-capture.js';
import { missingFrom, notesOn } from './notes.js';
import { observe } from './observe.js';
import { survey } from './survey.js';

export type { CaptureOptions } from './read-capture.js';

/** What the number of a server has room for in the judgement. */
const MOST_SERVERS = 128;

/**
 * A capture of DHCP traffic, pcap or pcapng: any of Ethernet, VLANs, Linux cooked and raw IP; relayed or not. The file is
 * read once, and never held.
 * Errors: SOURCE for a file that is no capture or has no DHCP in it; without `partial` also one that is damaged or cut off.
 *
 * @example
 * const { layout, observations } = importCapture('office.pcap', { ports: [1067] });
 */
export function importCapture(path: string, options: CaptureOptions = {}): Imported {
  const found = survey(path, options);
  const { reading, layouts, cases } = found;
  if (reading.messages === 0 || layouts.length === 0) throw withoutDhcp(path, reading);
  const crowded = layouts.find(({ servers }) => servers.length > MOST_SERVERS);
  if (crowded !== undefined) {
    const many = `it has ${crowded.servers.length} servers of ${crowded.name}, more than ${MOST_SERVERS}`;
    throw sourceError(path, many, 'judge the traffic of some servers at a time: tcpdump -r … host …');
  }
  return {
    kind: 'capture',
    files: [path],
    layout: { cases: layouts },
    observations: () => observe(found),
    identityOf: (caseIndex, client) => identityIn(cases[caseIndex], client),
    startedAt: new Date(reading.firstUs / 1_000),
    finishedAt: new Date(reading.lastUs / 1_000),
    untold: ['intendedTimes', 'timeouts', 'drops'],
    missing: missingFrom(found, options),
    notes: notesOn(found),
  };
}

function withoutDhcp(path: string, { counts: { packets, unknownLinks }, cutOthers }: Reading) {
  const links = [...unknownLinks].map(([type, count]) => `, ${count} of the unknown link type ${type}`);
  const cut = cutOthers === 0 ? '' : `, ${cutOthers} of them cut short when they were captured`;
  return sourceError(
    path,
    `there is no DHCP in its ${packets} packets${links.join('')}${cut}`,
    cutOthers === 0
      ? 'capture where relay or server sends and receives; --port names a port that is not recognised'
      : 'capture whole packets: tcpdump -s 0',
  );
}

function identityIn(one: CaptureCase | undefined, client: number) {
  const its = one?.clients[client];
  if (its === undefined) return undefined;
  const { identity, bindings } = its;
  if (identity.family === 4) {
    const { clientIdentifier, hardwareAddress } = identity;
    return { clientIdentifier, hardwareAddress };
  }
  const [first, ...more] = bindings;
  if (more.length === 0) return { duid: identity.duid, iaid: first?.iaid ?? 0 };
  return { identifier: [identity.duid, ...bindings.map(({ kind, iaid }) => `${kind}${iaid}`)].join(' ') };
}
