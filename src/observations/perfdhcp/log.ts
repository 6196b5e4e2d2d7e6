import { isIPv4, isIPv6 } from 'node:net';
import { parseIpv4 } from '../../dhcp/v4/index.js';
import { parseIpv6 } from '../../dhcp/v6/index.js';
import type { Phase } from '../model.js';
import { sourceError } from '../source-error.js';
import { textLines } from '../text-lines.js';

/**
 * What `perfdhcp -x l` prints: a block of statistics for each exchange, then a list of leases for each.
 *
 * ```text
 * Running: perfdhcp -6 -A 1 -r 10 -R 60 -p 6 -e prefix-only -x l ::1
 * ***Statistics for: SOLICIT-ADVERTISE***
 * sent packets: 59
 * received packets: 59
 * ***Leases for SOLICIT-ADVERTISE***
 * client_id,adrress,prefix
 * 00:01:00:01:32:96:62:2c:00:0c:02:00:00:00,,2001:db8:8000:300::
 * 00:01:00:01:32:96:62:2c:00:0c:02:00:00:01,,
 * ```
 *
 * A line is an answer; one without address and prefix is a refusal. DHCPNAKs are not listed.
 */
export interface PerfdhcpLog {
  path: string;
  /** The command line, or empty. */
  command: string;
  exchanges: ReadonlyMap<Phase, PerfdhcpExchange>;
}

export interface PerfdhcpExchange {
  /** Null where the log has no statistics of it. */
  sent: number | null;
  received: number | null;
  answers: ListedAnswer[];
}

export interface ListedAnswer {
  /** As printed: hexadecimal. */
  client: string;
  /** 4 or 16 bytes. */
  address: Uint8Array | undefined;
  prefix: Uint8Array | undefined;
}

const LIST = /^\*\*\*Leases for (.+)\*\*\*$/;
const STATISTICS = /^\*\*\*Statistics for: (.+)\*\*\*$/;
const HEADER = /^client_id,ad+r+ess,prefix$/;
const COUNT = /^(sent|received) packets: (\d+)$/;
const HINT = 'name what `perfdhcp -x l` printed, one file for each server, from beginning to end';

const PHASE_OF: Readonly<Record<string, Phase>> = {
  'DISCOVER-OFFER': 'DISCOVER-OFFER',
  'REQUEST-ACK': 'REQUEST-ACK',
  'REQUEST-ACK (renewal)': 'RENEW-ACK',
  RELEASE: 'RELEASE',
  'SOLICIT-ADVERTISE': 'SOLICIT-ADVERTISE',
  'REQUEST-REPLY': 'REQUEST-REPLY',
  'RENEW-REPLY': 'RENEW-REPLY',
  'RELEASE-REPLY': 'RELEASE-REPLY',
};

/** Whether this looks like such a log at all. */
export function isPerfdhcpLog(start: string): boolean {
  return /^(Running: perfdhcp |\*\*\*(Leases|Statistics|Rate|Malformed))/m.test(start);
}

/** Errors: SOURCE, with the line, where it is no such log, or not all of one. */
export function readPerfdhcpLog(path: string): PerfdhcpLog {
  const exchanges = new Map<Phase, PerfdhcpExchange>();
  let command = '';
  let number = 0;
  let statistics: PerfdhcpExchange | undefined;
  let list: PerfdhcpExchange | undefined;
  let expectsHeader = false;
  const listed = new Set<PerfdhcpExchange>();
  const refuse = (why: string) => sourceError(path, `line ${number}: ${why}`, HINT);
  const exchange = (name: string): PerfdhcpExchange => {
    const phase = PHASE_OF[name];
    if (phase === undefined) throw refuse(`an exchange ${name}, which this program does not know`);
    let found = exchanges.get(phase);
    if (found === undefined) exchanges.set(phase, (found = { sent: null, received: null, answers: [] }));
    return found;
  };
  for (const { text, ended } of textLines(path)) {
    number++;
    const title = LIST.exec(text)?.[1];
    const measured = STATISTICS.exec(text)?.[1];
    if (title !== undefined) {
      statistics = undefined;
      listed.add((list = exchange(title)));
      expectsHeader = true;
    } else if (expectsHeader) {
      if (!HEADER.test(text)) throw refuse('client_id,adrress,prefix should stand here');
      expectsHeader = false;
    } else if (measured !== undefined) {
      list = undefined;
      statistics = exchange(measured);
    } else if (text.startsWith('***')) {
      list = statistics = undefined;
    } else if (list !== undefined && text !== '') {
      list.answers.push(answerOf(text, refuse));
      if (!ended) throw refuse('the file ends inside it');
    } else if (text.startsWith('Running: perfdhcp ')) {
      command = text.slice('Running: '.length);
    } else if (statistics !== undefined) {
      const [, which, packets] = COUNT.exec(text) ?? [];
      if (which === 'sent' || which === 'received') statistics[which] = Number(packets);
    }
  }
  if (listed.size === 0) throw sourceError(path, 'it lists no leases', HINT);
  if (expectsHeader) throw refuse('the file ends here');
  for (const [phase, one] of exchanges) {
    if (one.received === null || one.answers.length >= one.received) continue;
    const has = listed.has(one) ? `${one.answers.length} of them` : 'none';
    throw sourceError(path, `${phase} has ${one.received} answers, of which it lists ${has}`, HINT);
  }
  return { path, command, exchanges };
}

function answerOf(text: string, refuse: (why: string) => Error): ListedAnswer {
  const [client = '', address = '', prefix = '', ...more] = text.split(',');
  if (text.split(',').length < 3 || more.length > 0 || !/^[0-9a-f:]+$/i.test(client)) {
    throw refuse('this is no client_id,address,prefix');
  }
  if (prefix !== '' && !isIPv6(prefix)) throw refuse(`${prefix} is no prefix`);
  if (address !== '' && !isIPv4(address) && !isIPv6(address)) throw refuse(`${address} is no address`);
  return {
    client: client.toLowerCase(),
    address: address === '' ? undefined : isIPv4(address) ? parseIpv4(address) : parseIpv6(address),
    prefix: prefix === '' ? undefined : parseIpv6(prefix),
  };
}
