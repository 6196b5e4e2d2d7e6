import type { Imported } from '../imported.js';
import { keepHeapSmall } from '../../../processes/memory.js';
import { counted } from '../../../numbers.js';
import { sourceError } from '../../source-error.js';
import type { CaptureCase } from './capture-case.js';
import { allOf } from './message/few.js';
import { withoutType } from './message/dhcp-message.js';
import { linkTypeName } from './file/link-types.js';
import { missingFrom, notesOn, unreadableIn } from './notes.js';
import { observe } from './observe.js';
import type { CaptureOptions } from './file/read-capture.js';
import { MOST_CASES } from './message/rows.js';
import { survey, type Survey } from './survey.js';
import { gapsOf } from './message/unread.js';

export type { CaptureOptions } from './file/read-capture.js';

/** The most servers of a case that the judgement can number. */
const MOST_SERVERS = 128;

/**
 * Imports a capture of DHCP traffic: pcap or pcapng, in whatever encapsulation the layers can read, relayed or not.
 * The file is read now and never held in memory. If it is compressed, `options.unpacked` must be its content.
 * Errors: SOURCE for a file that is no capture or has no DHCP in it; without `partial` also for one that is damaged
 * or cut off.
 *
 * @example
 * const { layout, observations } = importCapture('office.pcap', { ports: [1067] });
 */
export function importCapture(path: string, options: CaptureOptions = {}): Imported {
  keepHeapSmall();
  const found = survey(path, options);
  const { reading, layouts, cases } = found;
  if (reading.messages === 0 || layouts.length === 0) throw withoutDhcp(path, found);
  if (layouts.length > MOST_CASES) {
    const many = `it has ${layouts.length} cases (each network has its own); at most ${MOST_CASES} can be judged`;
    throw sourceError(path, many, 'judge fewer networks at a time: `tcpdump -r … vlan …` selects them');
  }
  const crowded = layouts.find(({ servers }) => servers.length > MOST_SERVERS);
  if (crowded !== undefined) {
    const many = `it has ${crowded.servers.length} servers of ${crowded.name}; at most ${MOST_SERVERS} can be judged`;
    throw sourceError(
      path,
      many,
      'judge fewer servers at a time: `tcpdump -r … host …` selects their traffic',
    );
  }
  return {
    kind: 'capture',
    files: [path],
    layout: { cases: layouts },
    observations: () => observe(found),
    identityOf: (caseIndex, client) => identityIn(cases[caseIndex], client),
    networkOf: (caseIndex, client) => cases[caseIndex]?.clients[client]?.heardIn,
    startedAt: new Date(reading.firstUs / 1_000),
    finishedAt: new Date(reading.lastUs / 1_000),
    untold: ['intendedTimes', 'timeouts', 'drops'],
    missing: missingFrom(found, options),
    gaps: gapsOf(
      reading.counts.unread,
      cases.flatMap((one) => one.clients),
      found.holders,
      reading.firstUs,
    ),
    notes: notesOn(found, options),
  };
}

function withoutDhcp(path: string, { reading, counts: traffic }: Survey) {
  const { counts, messages, cutMessages, cutOthers, cutAtBytes } = reading;
  if (messages > 0 && cutMessages > 0) {
    const why = `its ${counted(cutMessages, 'message of DHCP was', 'messages of DHCP were')} cut short at ${cutAtBytes} bytes when captured`;
    return sourceError(path, why, WHOLE_PACKETS);
  }
  const cut = cutOthers + counts.cutBefore.frames;
  if (messages === 0 && cut > 0) {
    const atBytes = Math.max(cutAtBytes, counts.cutBefore.atBytes);
    const packets = `${cut} of its ${counted(counts.packets, 'packet', 'packets')}`;
    const what =
      cut === 1
        ? `was cut short at ${atBytes} bytes when captured, too short to tell whether it is DHCP`
        : `were cut short at ${atBytes} bytes when captured, too short to tell whether they are DHCP`;
    return sourceError(path, `${packets} ${what}`, WHOLE_PACKETS);
  }
  const none = messages === 0 ? 'there is no DHCP' : 'there is no DHCP about leases';
  const passed = [...traffic.passed].map(([word, count]) => `, ${count} ${word}`);
  const nameless =
    traffic.nameless === 0
      ? []
      : [`, ${traffic.nameless} answers that don't name the client whose lease they give or take`];
  const unreadable = [...passed, ...nameless, ...unreadableIn(reading).map((packets) => `, ${packets}`)];
  return sourceError(
    path,
    `${none} in its ${counted(counts.packets, 'packet', 'packets')}${unreadable.join('')}`,
    messages > 0 ? WHERE_LEASES_ARE : hintFor(counts.unknownLinks),
  );
}

const WHERE_LEASES_ARE =
  'capture while clients ask for leases or renew them: for at least half of the longest lease';
const WHOLE_PACKETS = 'capture whole packets: tcpdump -s 0';

/**
 * The hint for packets that can't be read. `editcap -T` gives them another link type, and leaves their bytes as they
 * are.
 */
function hintFor(unknownLinks: ReadonlyMap<number, number>): string {
  const [type] = unknownLinks.keys();
  return type === undefined
    ? 'capture at a relay or server; if DHCP uses another port, name it with --port'
    : linkTypeName(type).startsWith('USER')
      ? 'the meaning of this link type is private to whoever captured it; if it is Ethernet, `editcap -T ether IN OUT` sets the right type'
      : 'capture at an Ethernet interface, or at `any`';
}

function identityIn(one: CaptureCase | undefined, client: number) {
  const its = one?.clients[client];
  if (its === undefined) return undefined;
  const { identity } = its;
  const bindings = allOf(its.bindings);
  if (identity.family === 4) {
    const { clientIdentifier, hardwareAddress } = identity;
    return { clientIdentifier, hardwareAddress: withoutType(hardwareAddress) };
  }
  const [first] = bindings;
  // A router has one IA for addresses and one for prefixes, with the same IAID.
  if (bindings.every(({ iaid }) => iaid === first?.iaid))
    return { duid: identity.duid, iaid: first?.iaid ?? 0 };
  return { identifier: [identity.duid, ...bindings.map(({ kind, iaid }) => `${kind}${iaid}`)].join(' ') };
}
