import type { Imported } from '../imported.js';
import { sourceError } from '../source-error.js';
import type { CaptureCase } from './correlate.js';
import { observeCapture } from './observe.js';
import { isDhcp, survey, type CaptureOptions, type Survey } from './survey.js';

export type { CaptureOptions } from './survey.js';

/** What the number of a server has room for in the judgement. */
const MOST_SERVERS = 128;

/**
 * A capture of DHCP traffic, pcap or pcapng: any of Ethernet, VLANs, Linux cooked and raw IP; relayed or not. The file is
 * read twice, and never held.
 * Errors: SOURCE for a file that is no capture or has no DHCP in it; without `partial` also one that is damaged or cut off.
 *
 * @example
 * const { layout, observations } = importCapture('office.pcap', { ports: [1067] });
 */
export function importCapture(path: string, options: CaptureOptions = {}): Imported {
  const found = survey(path, options);
  if (found.messages === 0 || found.layouts.length === 0) throw withoutDhcp(path, found);
  const crowded = found.layouts.find(({ servers }) => servers.length > MOST_SERVERS);
  if (crowded !== undefined) {
    const many = `it has ${crowded.servers.length} servers of ${crowded.name}, more than ${MOST_SERVERS}`;
    throw sourceError(path, many, 'judge the traffic of some servers at a time: tcpdump -r … host …');
  }
  return {
    kind: 'capture',
    files: [path],
    layout: { cases: found.layouts },
    observations: () => observeCapture(path, found, options),
    identityOf: (caseIndex, client) => identityIn(found.cases[caseIndex], client),
    startedAt: new Date(found.firstUs / 1_000),
    finishedAt: new Date(found.lastUs / 1_000),
    untold: ['intendedTimes', 'timeouts', 'drops'],
    missing: missingFrom(found, options),
    notes: notesOn(found),
  };
}

function withoutDhcp(path: string, { counts: { packets, unknownLinks }, cutOthers }: Survey) {
  const links = [...unknownLinks].map(([type, count]) => `, ${count} of the unknown link type ${type}`);
  const cut = cutOthers === 0 ? '' : `, ${cutOthers} of them cut short when they were captured`;
  return sourceError(
    path,
    `there is no DHCP in its ${packets} packets${links.join('')}${cut}`,
    'capture where relay or server sends and receives; --port names a port that is not recognised',
  );
}

function missingFrom({ counts, cutMessages }: Survey, { ports = [] }: CaptureOptions): string[] {
  const fragments = dhcpFragments(counts.fragments, ports);
  const { passedOver, damages, cutOff } = counts;
  return [
    ...(cutOff === undefined ? [] : [`${cutOff}, and is judged up to there`]),
    ...(passedOver === 0
      ? []
      : [
          `${passedOver} damaged ${passedOver === 1 ? 'block was' : 'blocks were'} passed over (${damages.join('; ')}${passedOver > damages.length ? '; …' : ''})`,
        ]),
    ...(fragments === 0 ? [] : [`${fragments} fragments of datagrams, which are not put together`]),
    ...(cutMessages === 0 ? [] : [`${cutMessages} messages were cut short when they were captured`]),
  ];
}

/** Those of DHCP, and those whose first part, with the ports, is not there. */
function dhcpFragments(fragments: Survey['counts']['fragments'], ports: readonly number[]): number {
  const foreign = new Set(
    fragments.flatMap(({ id, datagram }) => (datagram !== undefined && !isDhcp(datagram, ports) ? [id] : [])),
  );
  return fragments.filter(({ id }) => !foreign.has(id)).length;
}

function notesOn(found: Survey): string[] {
  const { counts, messages, malformedRequests, others, doubled, cutOthers } = found;
  const links = [...counts.unknownLinks].map(
    ([type, count]) => `${count} packets have the link type ${type}, which this program can't read.`,
  );
  const said = (count: number, text: string) => (count === 0 ? [] : [`${count} ${text}`]);
  return [
    `Of ${counts.packets} packets ${messages} are DHCP; transactions are told by client, server and transaction id.`,
    ...said(counts.copies, 'packets were seen on their way out and in again, and count once.'),
    ...said(doubled.size, 'requests were seen on both sides of a relay, and count once.'),
    ...said(malformedRequests, 'datagrams could not be read, and are no answer to anything.'),
    ...said(
      cutOthers,
      'datagrams were cut short before it can be told what they are; --port names those of DHCP.',
    ),
    ...said(others, 'messages are about no lease.'),
    ...links,
  ];
}

function identityIn(one: CaptureCase | undefined, client: number) {
  const text = [...(one?.clients.keys() ?? [])][client];
  if (text === undefined) return undefined;
  const [family, first = '', second = '', ...more] = text.split(' ');
  if (family === '4') return { clientIdentifier: second, hardwareAddress: first };
  return more.length > 0 ? { identifier: text.slice(2) } : { duid: first, iaid: Number(second) };
}
