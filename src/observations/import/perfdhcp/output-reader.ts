import { isIPv4, isIPv6 } from 'node:net';
import { parseIpv4 } from '../../../dhcp/v4/index.js';
import { parseIpv6 } from '../../../dhcp/v6/index.js';
import type { Phase } from '../../../protocol/phases.js';

export interface PerfdhcpExchange {
  /** Null if the log has no statistics of the exchange. */
  sent: number | null;
  received: number | null;
  /** Answers that perfdhcp did not take, because it had been given their lease before (option `-u`). */
  notUnique: number;
  answers: ListedAnswer[];
}

export interface ListedAnswer {
  /** Hexadecimal with colons, as perfdhcp prints it. */
  client: string;
  /** 4 or 16 bytes. */
  address: Uint8Array | undefined;
  prefix: Uint8Array | undefined;
}

const RUNNING = 'Running: perfdhcp ';
const LIST = /^\*\*\*Leases for (.+)\*\*\*$/;
const STATISTICS = /^\*\*\*Statistics for: (.+)\*\*\*$/;
/** Headings that stand in an output before its lists. */
const BEFORE_LISTS = /^\*\*\*(Rate statistics|Malformed Packets|Statistics for: .+)\*\*\*$/;
const HEADER = /^client_id,ad+r+ess,prefix$/;
const COUNT = /^(sent packets|received packets|non unique addresses): (\d+)$/;
/** A line with the form of an answer, whatever its last two fields contain. */
const ANSWER = /^[0-9a-f:]+,[^,]*,[^,]*$/i;

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

/** Reads one output of perfdhcp, line by line. */
export class OutputReader {
  readonly exchanges = new Map<Phase, PerfdhcpExchange>();
  readonly passedOver = { count: 0, first: '' };
  command = '';
  readonly #firstLine: number;
  readonly #refuse: (why: string, line?: number) => Error;
  readonly #listed = new Set<PerfdhcpExchange>();
  #isEmpty = true;
  #statistics: PerfdhcpExchange | undefined;
  #list: PerfdhcpExchange | undefined;
  #expectsHeader = false;
  /** An empty line has ended the list. */
  #isListOver = false;

  /** @param refuse makes the error for a line, or without a number for the line that was taken last */
  constructor(firstLine: number, refuse: (why: string, line?: number) => Error) {
    this.#firstLine = firstLine;
    this.#refuse = refuse;
  }

  /** Whether a line is the first of the next output. */
  isOverBefore(text: string): boolean {
    if (text.startsWith(RUNNING)) return !this.#isEmpty;
    if (this.#listed.size === 0) return false;
    const title = LIST.exec(text)?.[1];
    if (title === undefined) return BEFORE_LISTS.test(text);
    const known = this.exchanges.get(PHASE_OF[title] ?? 'DECLINE');
    return known !== undefined && this.#listed.has(known);
  }

  /**
   * Takes the next line. Errors: SOURCE.
   *
   * @param ended whether the line has a line feed
   */
  take(text: string, ended: boolean): void {
    if (text === '') this.#isListOver = this.#list !== undefined && !this.#expectsHeader;
    else this.#isEmpty = false;
    const title = LIST.exec(text)?.[1];
    const measured = STATISTICS.exec(text)?.[1];
    if (this.#expectsHeader && title === undefined) {
      if (!HEADER.test(text)) throw this.#refuse('expected the heading client_id,adrress,prefix');
      this.#expectsHeader = false;
    } else if (title !== undefined) {
      this.#statistics = undefined;
      this.#listed.add((this.#list = this.#exchange(title)));
      this.#expectsHeader = true;
      this.#isListOver = false;
    } else if (measured !== undefined) {
      this.#statistics = this.#exchange(measured);
    } else if (text.startsWith('***') && this.#listed.size === 0) {
      this.#statistics = undefined;
    } else if (text !== '' && this.#list !== undefined) {
      this.#listedOrNot(text, ended, this.#list);
    } else if (text.startsWith(RUNNING)) {
      this.command = text.slice('Running: '.length);
    } else if (this.#statistics !== undefined) {
      count(text, this.#statistics);
    }
  }

  /** The output ends here. Errors: SOURCE if a part of it is missing. */
  end(): void {
    if (this.#listed.size === 0) {
      throw this.#refuse('the output of perfdhcp that begins here lists no leases', this.#firstLine);
    }
    if (this.#expectsHeader) throw this.#refuse('the file or output ends after the heading of a list');
    for (const [phase, { received, answers }] of this.exchanges) {
      if (received === null || answers.length >= received) continue;
      const has = [...this.#listed].some((one) => one.answers === answers)
        ? `only ${answers.length}`
        : 'none';
      const why = `${phase} has ${received} answers, but the output lists ${has}`;
      throw this.#refuse(why, this.#firstLine);
    }
  }

  /**
   * Takes a line as an answer of a list, or passes over it as text behind the list. A list ends where it has as many
   * answers as were received and an empty line follows. If only one of these holds, a line that has the form of an
   * answer still is one. If none holds, every line is an answer.
   */
  #listedOrNot(text: string, ended: boolean, list: PerfdhcpExchange): void {
    const isComplete = list.answers.length >= (list.received ?? Infinity);
    const isBehind = isComplete && this.#isListOver;
    if (isBehind || ((isComplete || this.#isListOver) && !ANSWER.test(text))) {
      if (this.passedOver.count++ === 0) this.passedOver.first = text.trim();
      return;
    }
    list.answers.push(answerOf(text, this.#refuse));
    if (!ended) throw this.#refuse('the file ends inside this line');
  }

  #exchange(name: string): PerfdhcpExchange {
    const phase = PHASE_OF[name];
    if (phase === undefined) throw this.#refuse(`this program does not know the exchange ${name}`);
    let found = this.exchanges.get(phase);
    if (found === undefined) {
      found = { sent: null, received: null, notUnique: 0, answers: [] };
      this.exchanges.set(phase, found);
    }
    return found;
  }
}

function count(text: string, statistics: PerfdhcpExchange): void {
  const [, which, packets] = COUNT.exec(text) ?? [];
  if (which === 'sent packets') statistics.sent = Number(packets);
  else if (which === 'received packets') statistics.received = Number(packets);
  else if (which !== undefined) statistics.notUnique = Number(packets);
}

function answerOf(text: string, refuse: (why: string) => Error): ListedAnswer {
  const [client = '', address = '', prefix = '', ...more] = text.split(',');
  if (text.split(',').length < 3 || more.length > 0 || !/^[0-9a-f:]+$/i.test(client)) {
    throw refuse('expected client_id,address,prefix');
  }
  if (prefix !== '' && !isIPv6(prefix)) throw refuse(`${prefix} is not a prefix`);
  if (address !== '' && !isIPv4(address) && !isIPv6(address)) throw refuse(`${address} is not an address`);
  return {
    client: client.toLowerCase(),
    address: address === '' ? undefined : isIPv4(address) ? parseIpv4(address) : parseIpv6(address),
    prefix: prefix === '' ? undefined : parseIpv6(prefix),
  };
}
