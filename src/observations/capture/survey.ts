import type { CaseLayout, Phase } from '../model.js';
import { Correlator, type CaptureCase } from './correlate.js';
import { datagramsOf, noCounts, type CaptureCounts } from './datagrams.js';
import { recognize } from './recognize.js';
import { phaseOf, type Transaction } from './transaction.js';
import type { Datagram } from './udp.js';

/**
 * What a first pass over a capture finds out, for a second one to tell what was observed in order of time: who answered
 * a broadcast, which requests were committed at once, and which are the other side of a relay.
 */
export interface Survey {
  counts: CaptureCounts;
  layouts: CaseLayout[];
  cases: readonly CaptureCase[];
  /** Of each transaction, by index: its server's number in the layout. */
  servers: number[];
  phases: (Phase | undefined)[];
  /** Transactions between client and relay whose other half, between relay and server, was captured too. */
  doubled: ReadonlySet<number>;
  messages: number;
  malformedRequests: number;
  /** Messages that are about no lease. */
  others: number;
  cutMessages: number;
  /** Datagrams that were cut short so that nobody can tell what they are. */
  cutOthers: number;
  firstUs: number;
  lastUs: number;
}

export interface CaptureOptions {
  /** Ports whose datagrams are DHCP, beside DHCP's own and those recognised by their content. */
  ports?: readonly number[] | undefined;
  /** Judge a capture that is damaged or ends inside a packet, as far as it can be read. */
  partial?: boolean | undefined;
}

/** A server that nobody heard of. */
const NOBODY = 'unknown';

export function survey(path: string, { ports = [], partial = false }: CaptureOptions): Survey {
  const known = new Set(ports);
  const correlator = new Correlator();
  const counts = noCounts();
  const transactions: Transaction[] = [];
  const from: (string | undefined)[] = [];
  const rapid = new Set<number>();
  const servers: string[][] = [];
  const found = {
    messages: 0,
    malformedRequests: 0,
    others: 0,
    cutMessages: 0,
    cutOthers: 0,
    firstUs: 0,
    lastUs: 0,
  };
  const serverOf = (caseIndex: number, server: string): number => {
    const names = (servers[caseIndex] ??= []);
    if (!names.includes(server)) names.push(server);
    return names.indexOf(server);
  };
  for (const { datagram, atUs } of datagramsOf(path, counts, partial)) {
    const recognized = recognize(datagram, known, correlator.isServer);
    if (recognized === 'not-dhcp') {
      if (datagram.cut) found.cutOthers++;
      continue;
    }
    if (found.messages++ === 0) found.firstUs = atUs;
    found.lastUs = Math.max(found.lastUs, atUs);
    if (datagram.cut) found.cutMessages++;
    const event =
      recognized === 'malformed'
        ? correlator.takeMalformed(datagram)
        : correlator.take(recognized.message, datagram);
    if (event === undefined) {
      if (!datagram.cut) found.malformedRequests++;
    } else if (event.transaction?.type === 'other') {
      found.others++;
    } else if (event.type === 'answer') {
      serverOf(event.caseIndex, event.from);
      if (event.transaction === undefined || event.kind !== 'matched') continue;
      const { index } = event.transaction;
      from[index] ??= event.from;
      if (event.reply?.type === 'ack' || event.reply?.type === 'reply') rapid.add(index);
    } else if (event.isNew) {
      transactions[event.transaction.index] = event.transaction;
      from[event.transaction.index] = event.transaction.destination;
      if (event.transaction.destination !== undefined)
        serverOf(event.transaction.caseIndex, event.transaction.destination);
    }
  }
  const phases = transactions.map((one) => phaseOf(one, rapid.has(one.index)));
  return {
    counts,
    cases: correlator.cases,
    servers: transactions.map(({ caseIndex, index }) => serverOf(caseIndex, from[index] ?? NOBODY)),
    phases,
    doubled: doubledBy(transactions),
    layouts: correlator.cases.map((one, i) =>
      layoutOf(one, servers[i] ?? [], phasesOf(i, transactions, phases)),
    ),
    ...found,
  };
}

/** Whether a datagram is about DHCP at all, fragments that show their ports included. */
export function isDhcp(datagram: Datagram, ports: readonly number[]): boolean {
  return recognize(datagram, new Set(ports)) !== 'not-dhcp';
}

function doubledBy(transactions: readonly Transaction[]): Set<number> {
  const relayed = new Set(transactions.filter((one) => one.relayed).map(sameMessage));
  return new Set(
    transactions.filter((one) => !one.relayed && relayed.has(sameMessage(one))).map(({ index }) => index),
  );
}

/** A client has the same number in both, and an attempt is one transaction id. */
function sameMessage({ caseIndex, client, type, attempt }: Transaction): string {
  return `${caseIndex} ${client} ${type} ${attempt}`;
}

function phasesOf(
  caseIndex: number,
  transactions: readonly Transaction[],
  phases: readonly (Phase | undefined)[],
) {
  const seen = transactions.flatMap((one) => (one.caseIndex === caseIndex ? (phases[one.index] ?? []) : []));
  return new Set(seen);
}

function layoutOf(
  { name, leaseTypes, clients, family }: CaptureCase,
  servers: string[],
  seen: Set<Phase>,
): CaseLayout {
  const usual: Phase[] =
    family === 4 ? ['DISCOVER-OFFER', 'REQUEST-ACK'] : ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'];
  const first: Phase = family === 4 ? 'DISCOVER-ACK' : 'SOLICIT-REPLY';
  const isRapid = seen.has(first) && !seen.has(usual[0] ?? first);
  return {
    name,
    leaseType: leaseTypes.includes('address') || leaseTypes.length === 0 ? 'address' : 'prefix',
    phases: [...new Set([...(isRapid ? [first] : usual), ...seen])],
    servers,
    clients: clients.size,
  };
}
