import type { Family } from '../protocol/phases.js';
import { readOptionValue } from './option-value.js';
import type { Scenario } from './schema.js';

/** What a scenario says of what clients and relays send, or what it says with what a list says of one client. */
export type SentLoad = Pick<Scenario['load'], 'dhcp4' | 'dhcp6'>;

/** What the length of an option of DHCPv4 can say: option 82 is one option (RFC 3046 section 2.0). */
const MOST_AGENT_INFORMATION = 255;
/** Kea reads 4,096 bytes of a message. The rest is for the header, the protocol's own options and the relays. */
const MOST_OPTIONS = 3_000;

/** What is wrong with the options of one protocol, as text that follows a name: `have …`; undefined where nothing is. */
export function problemOfSent(family: Family, load: SentLoad): { key: string; message: string } | undefined {
  if (family === 4) {
    const { circuitId, remoteId, subscriberId, options = [] } = load.dhcp4 ?? {};
    const agent = sumOf(2, [circuitId, remoteId, subscriberId]);
    if (agent > MOST_AGENT_INFORMATION)
      return {
        key: 'dhcp4',
        message: `circuitId, remoteId and subscriberId together make ${agent} bytes, and option 82 holds ${MOST_AGENT_INFORMATION}`,
      };
    return tooLong(
      'dhcp4',
      agent +
        sumOf(
          2,
          options.map(({ value }) => value),
        ),
    );
  }
  const { interfaceId, remoteId, subscriberId, options = [] } = load.dhcp6 ?? {};
  const relay = sumOf(4, [interfaceId, remoteId, subscriberId]);
  return tooLong(
    'dhcp6',
    relay +
      sumOf(
        4,
        options.map(({ value }) => value),
      ),
  );
}

function tooLong(key: string, bytes: number): { key: string; message: string } | undefined {
  return bytes > MOST_OPTIONS
    ? {
        key,
        message: `the options make ${bytes} bytes, and at most ${MOST_OPTIONS} fit into a message that Kea reads`,
      }
    : undefined;
}

/** @param header the bytes before each value */
function sumOf(header: number, values: readonly (string | undefined)[]): number {
  return values.reduce<number>((sum, written) => {
    const value = written === undefined ? undefined : readOptionValue(written);
    return value === undefined || typeof value === 'string' ? sum : sum + header + value.bytes.length;
  }, 0);
}
