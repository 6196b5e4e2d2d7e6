import { recognize } from './message/recognize.js';
import { linkTypeText } from './file/link-types.js';
import { unevenlyShared } from './message/port-sets.js';
import type { Lack } from './message/dhcp-message.js';
import type { CaptureOptions, Reading } from './file/read-capture.js';
import type { Survey } from './survey.js';
import type { TrafficCounts } from './traffic-counts.js';
import { counted } from '../../../numbers.js';

/** Clauses that say which parts of a capture are missing or could not be read. */
export function missingFrom(
  { reading, counts: traffic, rows }: Pick<Survey, 'reading' | 'counts' | 'rows'>,
  { ports = [] }: CaptureOptions,
): string[] {
  const { counts, cutMessages, cutAtBytes, unreadable } = reading;
  const timeless = traffic.lacks.get('lease time') ?? 0;
  const fragments = dhcpFragments(counts, ports);
  const { passedOver, damages, cutOff } = counts;
  const uneven = unevenlyShared(rows);
  return [
    ...(cutOff === undefined ? [] : [`${cutOff}, and is judged up to there`]),
    ...(passedOver === 0
      ? []
      : [
          `${passedOver} damaged ${passedOver === 1 ? 'block was' : 'blocks were'} skipped (${damages.join('; ')}${passedOver > damages.length ? '; …' : ''})`,
        ]),
    ...(fragments === 0
      ? []
      : [
          `${counted(fragments, 'fragment of a datagram', 'fragments of datagrams')}, which could not be put together`,
        ]),
    ...(cutMessages === 0
      ? []
      : [
          `${counted(cutMessages, 'message of DHCP was', 'messages of DHCP were')} cut short at ${cutAtBytes} bytes: capture with -s 0`,
        ]),
    ...(timeless === 0
      ? []
      : [
          `${counted(timeless, 'answer gives a lease and does', 'answers give a lease and do')} not say for how long`,
        ]),
    ...(traffic.nameless === 0
      ? []
      : [
          `${counted(traffic.nameless, 'answer does not name the client whose lease it gives or takes, and its request was', "answers don't name the client whose leases they give or take, and their requests were")} not captured`,
        ]),
    ...(uneven === 0
      ? []
      : [
          `${counted(uneven, 'address was', 'addresses were')} given with port sets of several sizes, which this program does not compare`,
        ]),
    ...(unreadable.answers.size === 0 ? [] : [`answers could not be read: ${reasons(unreadable.answers)}`]),
  ];
}

/**
 * The number of fragments that could not be put together and may be DHCP: those with a first fragment that shows
 * DHCP, and those without a first fragment, whose ports are unknown.
 */
function dhcpFragments({ lost, lostFragments }: Reading['counts'], ports: readonly number[]): number {
  const known = new Set(ports);
  return lost
    .filter(({ start }) => start !== undefined && recognize(start, known) !== 'not-dhcp')
    .reduce((sum, { fragments }) => sum + fragments, lostFragments);
}

/** The packets of a capture that can't be read, whether they carry DHCP or not. */
export function unreadableIn({ counts: { unknownLinks, closed, cutBefore } }: Reading): string[] {
  return [
    ...[...unknownLinks].map(([type, count]) => `${count} of the unknown link type ${linkTypeText(type)}`),
    ...[...closed].map(([words, count]) => `${count} ${words}`),
    ...(cutBefore.frames === 0
      ? []
      : [`${cutBefore.frames} cut short at ${cutBefore.atBytes} bytes, so that their ports are missing`]),
  ];
}

const REASONS_TOLD = 3;

/** Smaller steps back in time are not told: they may come from the queues of a network card. */
const BACK_TOLD_US = 1_000_000;

/** `12 (a hardware address of 17 bytes); 3 (…)` */
function reasons(counts: ReadonlyMap<string, number>): string {
  const told = [...counts].slice(0, REASONS_TOLD).map(([reason, count]) => `${count} (${reason})`);
  return [...told, ...(counts.size > REASONS_TOLD ? ['…'] : [])].join('; ');
}

/** How an answer is understood that lacks something. */
const WITHOUT: Readonly<Record<Lack, string>> = {
  'server identifier': 'the source address identifies the server',
  'client identifier': 'the transaction id identifies the client',
  'lease time': 'the lease counts as held for one second',
};

/**
 * Sentences for the reader of the report: how a capture was read, and what the figures do not show of its traffic.
 */
export function notesOn(
  { reading, counts: traffic, rows, virtual, silent }: Survey,
  options: CaptureOptions,
): string[] {
  const { counts, messages, unreadable, cutOthers, cutAtBytes } = reading;
  const backUs = counts.order?.backUs ?? 0;
  const said = (count: number, one: string, more: string) =>
    count === 0 ? [] : [`${counted(count, one, more)}.`];
  const passed = [...traffic.passed].map(([word, count]) => `${count} ${word}`);
  return [
    `Of ${counted(counts.packets, 'packet', 'packets')} ${counted(messages, 'is', 'are')} DHCP.`,
    ...chosen(options),
    ...joinedText(counts.joined),
    ...(traffic.requests === 0 && traffic.unasked > 0
      ? ['No request was captured: leases are known from the answers alone.']
      : said(
          traffic.unasked,
          'answer belongs to a request that was not captured; its lease counts',
          'answers belong to requests that were not captured; their leases count',
        )),
    ...(traffic.requests > 0 && !hasAnswer(rows)
      ? [
          reading.cutMessages > 0 || unreadable.answers.size > 0
            ? 'No answer about a lease could be read.'
            : 'No answer about a lease was captured: capture the answers too.',
        ]
      : []),
    ...(traffic.requests > 0 && traffic.forNew === 0
      ? ['No new lease was given, because no client asked for one.']
      : []),
    ...virtual.map(({ name, from }) => `${name} answered from ${from.join(', ')}.`),
    ...silent.map((one) => `${one} got requests but sent no answer; that does not count against it.`),
    ...said(
      traffic.bootp,
      'request is BOOTP, and its lease never ends',
      'requests are BOOTP, and their leases never end',
    ),
    ...byOthers(traffic.byOthers),
    ...said(
      counts.copies,
      'packet was captured twice, and counts once',
      'packets were captured twice, and count once',
    ),
    ...said(
      traffic.elsewhere,
      'message was captured at another place on its way too, such as the other side of a relay, and counts once',
      'messages were captured at another place on their way too, such as the other side of a relay, and count once',
    ),
    ...(backUs < BACK_TOLD_US
      ? []
      : [
          `Its packets go back in time by up to ${(backUs / 1e6).toFixed(0)} s; they are taken in the order of their times. If ` +
            'a clock was set back during the capture, judge the parts before and after that separately.',
        ]),
    ...(unreadable.requests.size === 0
      ? []
      : [`Requests could not be read, and are not judged: ${reasons(unreadable.requests)}.`]),
    ...[...traffic.lacks].map(
      ([lack, count]) => `${counted(count, 'answer has', 'answers have')} no ${lack}: ${WITHOUT[lack]}.`,
    ),
    ...said(
      cutOthers,
      `datagram was cut short at ${cutAtBytes} bytes, too short to tell what it is; if it is DHCP, name its port with --port`,
      `datagrams were cut short at ${cutAtBytes} bytes, too short to tell what they are; if they are DHCP, name their port with --port`,
    ),
    ...(passed.length === 0 ? [] : [`Ignored, because they are not about a lease: ${passed.join(', ')}.`]),
    ...unreadableIn(reading).map((packets) => `Packets that this program can't read: ${packets}.`),
  ];
}

/** Notes on what the user has said about the network and its servers. */
function chosen({ vlans, matchClientId }: CaptureOptions): string[] {
  return [
    ...(vlans === 'together' ? ['Its VLANs count as one network (--vlans together).'] : []),
    ...(matchClientId === false
      ? ['DHCPv4 clients are told apart by their hardware address alone (--match-client-id false).']
      : []),
  ];
}

function byOthers({ refusals, leases }: TrafficCounts['byOthers']): string[] {
  const from = (servers: readonly string[]) =>
    `${servers.join(', ')}, ${servers.length === 1 ? 'a server' : 'servers'} that the request does not name`;
  return [
    ...(refusals.count === 0
      ? []
      : [
          `${counted(refusals.count, 'DHCPNAK', 'DHCPNAKs')} came from ${from(refusals.servers)}; ${refusals.count === 1 ? 'it counts' : 'they count'} as no answer.`,
        ]),
    ...(leases.count === 0
      ? []
      : [
          `${counted(leases.count, 'answer with a lease', 'answers with a lease')} came from ${from(leases.servers)}; ` +
            `${leases.count === 1 ? 'its lease counts' : 'their leases count'} as held.`,
        ]),
  ];
}

function hasAnswer(rows: Survey['rows']): boolean {
  for (const { type } of rows.all()) if (type === 'answer') return true;
  return false;
}

/** A note on fragments, which are a reason why there are more packets than messages. */
function joinedText(joined: Reading['counts']['joined']): string[] {
  if (joined === undefined) return [];
  const datagrams = counted(joined.datagrams, 'datagram', 'datagrams');
  return [`${counted(joined.fragments, 'fragment was', 'fragments were')} put together to ${datagrams}.`];
}
