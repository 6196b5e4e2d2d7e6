import { recognize } from './recognize.js';
import type { CaptureOptions, Reading } from './read-capture.js';
import type { Survey } from './survey.js';

/** What of a capture is not there, or could not be read. */
export function missingFrom({ reading }: Pick<Survey, 'reading'>, { ports = [] }: CaptureOptions): string[] {
  const { counts, cutMessages } = reading;
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
    ...(cutMessages === 0
      ? []
      : [`${cutMessages} messages were cut short when they were captured: capture with -s 0`]),
  ];
}

/** Those of DHCP, and those whose first part, with the ports, is not there. */
function dhcpFragments(fragments: Reading['counts']['fragments'], ports: readonly number[]): number {
  const foreign = new Set(
    fragments.flatMap(({ id, datagram }) =>
      datagram !== undefined && recognize(datagram, new Set(ports)) === 'not-dhcp' ? [id] : [],
    ),
  );
  return fragments.filter(({ id }) => !foreign.has(id)).length;
}

/** How a capture was read, and what of its traffic the figures do not show. */
export function notesOn({ reading, counts: traffic }: Survey): string[] {
  const { counts, messages, malformedRequests, cutOthers } = reading;
  const said = (count: number, text: (count: string) => string) => (count === 0 ? [] : [text(String(count))]);
  const passed = [...traffic.passed].map(([word, count]) => `${count} ${word}`);
  return [
    `Of ${counts.packets} packets ${messages} are DHCP.`,
    ...(traffic.requests === 0 && traffic.unasked > 0
      ? ['No request was captured: what was given is known from the answers alone.']
      : said(
          traffic.unasked,
          (n) => `${n} answers are to requests that were not captured; what they give counts.`,
        )),
    ...(traffic.requests > 0 && traffic.forNew === 0
      ? ['Nothing was newly given: nobody asked for a new lease.']
      : []),
    ...traffic.virtual.map(({ name, from }) => `${name} answered from ${from.join(', ')}.`),
    ...traffic.silent.map((one) => `${one} answered nothing; nothing is held against it.`),
    ...said(traffic.bootp, (n) => `${n} requests are BOOTP, whose leases are for ever.`),
    ...said(
      traffic.refusedByOthers,
      (n) => `${n} DHCPNAKs came from servers that the request does not name, and are not its answer.`,
    ),
    ...said(counts.copies, (n) => `${n} packets were seen twice, and count once.`),
    ...said(malformedRequests, (n) => `${n} datagrams could not be read, and are no answer to anything.`),
    ...said(
      cutOthers,
      (n) => `${n} datagrams were cut short before it can be told what they are; --port names those of DHCP.`,
    ),
    ...(passed.length === 0 ? [] : [`Passed over, as they are about no lease: ${passed.join(', ')}.`]),
    ...[...counts.unknownLinks].map(
      ([type, count]) => `${count} packets have the link type ${type}, which this program can't read.`,
    ),
  ];
}
