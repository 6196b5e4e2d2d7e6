import type { AnswerKind, LeaseType } from '../model.js';
import { textOf, type DhcpMessage, type DhcpReply, type DhcpRequest } from './dhcp-message.js';
import { canAnswer, type Transaction } from './transaction.js';
import type { Datagram, Endpoint } from './udp.js';

/** What a datagram of a capture is in its transaction. */
export type Event =
  | { type: 'sent'; transaction: Transaction; isNew: boolean }
  | {
      type: 'answer';
      /** Undefined where nobody asked for it. */
      transaction: Transaction | undefined;
      caseIndex: number;
      /** As in `Transaction.destination`. */
      from: string;
      /** `given` says what it is of lease, nak and no-lease. */
      kind: Exclude<AnswerKind, 'lease' | 'nak' | 'no-lease'> | 'matched';
      answerIndex: number;
      /** Undefined for one that can't be read. */
      reply: DhcpReply | undefined;
    };

interface Client {
  number: number;
  attempts: number;
  /** Of the DISCOVER or SOLICIT that began the last attempt. */
  xid: number;
}

/** What is asked for together, and judged together. */
export interface CaptureCase {
  name: string;
  family: 4 | 6;
  leaseTypes: readonly LeaseType[];
  clients: Map<string, Client>;
  transactions: number;
}

/** Puts requests and answers together. Keeps a few numbers for each transaction and client, no message. */
export class Correlator {
  readonly cases: CaptureCase[] = [];
  #transactions = 0;
  /** By transaction id, those of DHCPv6 above 32 bits. */
  readonly #byXid = new Map<number, Transaction[]>();
  /** Where requests have gone to, and answers come from. */
  readonly #servers = new Set<string>();

  /** Whether requests have gone there, or answers come from there, so far. */
  readonly isServer = (endpoint: Endpoint): boolean => this.#servers.has(endpointText(endpoint));

  /** A message, in the order of the capture. */
  take(message: DhcpMessage, { source, destination }: Datagram): Event {
    return message.role === 'request'
      ? this.#request(message, destination)
      : this.#reply(message, endpointText(source));
  }

  /** A datagram that can't be read; undefined where it is no answer of a server that was asked. */
  takeMalformed({ family, source, payload }: Datagram): Event | undefined {
    const from = endpointText(source);
    if (!this.#servers.has(from)) return undefined;
    const asked = this.#known(family, guessXid(family, payload)).filter(
      ({ destination }) => destination === from,
    );
    const transaction = asked.at(-1);
    const caseIndex =
      transaction?.caseIndex ??
      Math.max(
        0,
        this.cases.findIndex((one) => one.family === family),
      );
    return this.#answer(transaction, caseIndex, from, 'malformed', undefined);
  }

  #request(request: DhcpRequest, to: Endpoint): Event {
    const { family, type, xid, relayed } = request;
    const destination = isForAll(to.address) ? undefined : endpointText(to);
    if (destination !== undefined) this.#servers.add(destination);
    const text = textOf(request.client);
    const known = this.#known(family, xid);
    const before = known.find(
      (one) => one.type === type && one.destination === destination && textOf(one.key) === text,
    );
    if (before !== undefined) {
      before.sendings++;
      return { type: 'sent', transaction: before, isNew: false };
    }
    const caseIndex = this.#caseOf(family, request.leaseTypes);
    const its = this.cases[caseIndex];
    if (its === undefined) throw new RangeError('a case that was just made');
    const client = clientOf(its, text);
    if ((type === 'discover' || type === 'solicit') && client.xid !== xid) {
      client.attempts++;
      client.xid = xid;
    }
    const transaction: Transaction = {
      index: this.#transactions++,
      // What asks for no lease takes no number.
      number: type === 'other' ? -1 : its.transactions++,
      caseIndex,
      type,
      family,
      key: request.client,
      client: client.number,
      attempt: Math.max(client.attempts, 1),
      relayed,
      destination,
      sendings: 1,
      answers: 0,
    };
    known.push(transaction);
    this.#byXid.set(keyOf(family, xid), known);
    return { type: 'sent', transaction, isNew: true };
  }

  #reply(reply: DhcpReply, from: string): Event {
    this.#servers.add(from);
    const candidates = this.#known(reply.family, reply.xid).filter(({ type }) => canAnswer(reply, type));
    const its = candidates.filter(({ key }) => reply.isFor(key));
    const here = ({ destination }: Transaction) => destination === from;
    const anywhere = ({ destination }: Transaction) => destination === undefined;
    const matched = its.findLast(here) ?? its.findLast(anywhere);
    if (matched !== undefined) return this.#answer(matched, matched.caseIndex, from, 'matched', reply);
    const [elsewhere] = its;
    if (elsewhere !== undefined)
      return this.#answer(elsewhere, elsewhere.caseIndex, from, 'wrong-server', reply);
    const others = candidates.findLast(here) ?? candidates.findLast(anywhere);
    if (others !== undefined) return this.#answer(others, others.caseIndex, from, 'wrong-client', reply);
    return this.#answer(undefined, this.#caseOf(reply.family, reply.leaseTypes), from, 'unmatched', reply);
  }

  #answer(
    transaction: Transaction | undefined,
    caseIndex: number,
    from: string,
    kind: Extract<Event, { type: 'answer' }>['kind'],
    reply: DhcpReply | undefined,
  ): Event {
    const answerIndex = transaction?.answers ?? 0;
    // Only what belongs to the transaction counts as an answer to it.
    if (transaction !== undefined && (kind === 'matched' || kind === 'malformed')) transaction.answers++;
    return { type: 'answer', transaction, caseIndex, from, kind, answerIndex, reply };
  }

  #known(family: 4 | 6, xid: number): Transaction[] {
    return this.#byXid.get(keyOf(family, xid)) ?? [];
  }

  #caseOf(family: 4 | 6, leaseTypes: readonly LeaseType[]): number {
    const name = caseName(family, leaseTypes);
    const found = this.cases.findIndex((one) => one.name === name);
    if (found >= 0) return found;
    this.cases.push({ name, family, leaseTypes, clients: new Map(), transactions: 0 });
    return this.cases.length - 1;
  }
}

function caseName(family: 4 | 6, leaseTypes: readonly LeaseType[]): string {
  if (family === 4) return 'dhcp4';
  const prefix = leaseTypes.includes('prefix');
  const address = leaseTypes.includes('address') || !prefix;
  return ['dhcp6', 'ia', ...(address ? ['na'] : []), ...(prefix ? ['pd'] : [])].join('-');
}

function clientOf({ clients }: CaptureCase, text: string): Client {
  let client = clients.get(text);
  if (client === undefined) clients.set(text, (client = { number: clients.size, attempts: 0, xid: -1 }));
  return client;
}

function keyOf(family: 4 | 6, xid: number): number {
  return family === 4 ? xid : xid + 2 ** 32;
}

/** `127.0.0.1 port 20461`; without the port where it is DHCP's own. */
export function endpointText({ address, port }: Endpoint): string {
  return port === 67 || port === 547 ? address : `${address} port ${port}`;
}

/** Broadcast and multicast. */
function isForAll(address: string): boolean {
  return address.includes(':') ? /^ff/i.test(address) : Number(address.split('.')[0]) >= 224;
}

/** The transaction id that a datagram which can't be read seems to have; behind a relay's header, inside option 9. */
function guessXid(family: 4 | 6, payload: Buffer): number {
  if (family === 4) return payload.length < 8 ? -1 : payload.readUInt32BE(4);
  if ((payload[0] ?? 0) < 12) return payload.length < 4 ? -1 : payload.readUIntBE(1, 3);
  for (let at = 34; at + 8 <= payload.length; at += 4 + payload.readUInt16BE(at + 2)) {
    if (payload.readUInt16BE(at) === 9) return payload.readUInt32BE(at + 4) & 0xff_ffff;
  }
  return -1;
}
