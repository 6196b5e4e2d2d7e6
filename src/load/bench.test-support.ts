import * as v4 from '../dhcp/v4/index.js';
import * as v6 from '../dhcp/v6/index.js';
import type { Observation } from '../observations/observation.js';
import { ClientEngine, type ClientEngineRequest } from './engine/client-engine.js';
import type { Exchange } from './exchanges/exchange.js';
import type { Arrivals } from './pacing/schedule.js';

/** The seed, case and servers of every bench. */
export const BENCH = { seed: 0xfeed_5eed, caseIndex: 1, servers: 2 } as const;

/** Milliseconds as the engine's clock counts them. */
export const ms = (milliseconds: number): number => milliseconds * 1_000;

/** Clients that start at listed times. Clients with the same start time start in the order of their numbers. */
class Listed implements Arrivals {
  readonly clients: number;
  readonly #waiting: { client: number; atUs: number }[];

  constructor(starts: readonly number[]) {
    this.clients = starts.length;
    this.#waiting = starts
      .map((atUs, client) => ({ client, atUs }))
      .sort((one, other) => one.atUs - other.atUs);
  }

  get nextAtUs(): number {
    return this.#waiting[0]?.atUs ?? Infinity;
  }

  take(): number {
    return this.#waiting.shift()?.client ?? -1;
  }
}

function copyOf(observation: Observation): Observation {
  return observation.type === 'answer'
    ? { ...observation, lease: Uint8Array.from(observation.lease) }
    : { ...observation };
}

/** An engine for tests. Its clock moves only when a test moves it, and what it sends is only stored. */
export class Bench {
  nowUs = 0;
  readonly sent: { server: number; datagram: Uint8Array; atUs: number }[] = [];
  readonly seen: Observation[] = [];
  readonly engine: ClientEngine;

  /** @param starts when each client starts, milliseconds */
  constructor(exchange: Exchange, starts: readonly number[], changes: Partial<ClientEngineRequest> = {}) {
    this.engine = new ClientEngine({
      exchange,
      ...BENCH,
      arrivals: new Listed(starts.map(ms)),
      timeoutMs: 1_000,
      maxAttempts: 3,
      restartDelayMs: [20, 200],
      collectOffersMs: 0,
      retransmit: false,
      idKeptMs: 62_000,
      random: () => 0.5,
      // The engine makes its messages in the same place, and the bench stores copies.
      send: (server, datagram) => {
        this.sent.push({ server, datagram: Uint8Array.from(datagram), atUs: this.nowUs });
        return 0;
      },
      leftAtUs: () => this.nowUs,
      nowUs: () => this.nowUs,
      // The engine reuses the object of an observation, so the bench stores a copy.
      observe: (observation) => this.seen.push(copyOf(observation)),
      ...changes,
    });
  }

  /** Moves the clock as the load does: from one moment at which something is due to the next. */
  passTo(milliseconds: number): this {
    while (this.engine.nextAtUs <= ms(milliseconds)) {
      this.nowUs = this.engine.nextAtUs;
      this.engine.advance(this.nowUs);
      this.engine.noteDepartures();
    }
    this.nowUs = ms(milliseconds);
    return this;
  }

  /** Has a datagram from a server arrive now. */
  arrive(datagram: Uint8Array, server = 0): this {
    this.engine.receive(server, datagram, this.nowUs);
    this.engine.noteDepartures();
    return this;
  }

  /** The n-th datagram sent. */
  datagram(index: number): Uint8Array {
    const sent = this.sent.at(index);
    if (sent === undefined) throw new Error(`no datagram ${index} of ${this.sent.length}`);
    return sent.datagram;
  }

  /** The observations so far, each as its phase and one word. */
  get story(): string[] {
    return this.seen.map((seen) => {
      const what = seen.type === 'answer' ? seen.kind : seen.type;
      return `${seen.phase} ${what}`;
    });
  }

  of<T extends Observation['type']>(type: T): Extract<Observation, { type: T }>[] {
    return this.seen.filter((seen): seen is Extract<Observation, { type: T }> => seen.type === type);
  }
}

interface Answer4 {
  type: v4.Dhcp4ReplyType;
  address?: string;
  leaseTime?: number;
  /** T1 and T2, seconds; by default the answer has none. */
  t1?: number;
  t2?: number;
  clientIdentifier?: Uint8Array;
  serverIdentifier?: string;
  hardwareAddress?: Uint8Array;
}

/** A server's answer to a DHCPv4 message. */
export function answer4(datagram: Uint8Array, answer: Answer4): Uint8Array {
  const message = v4.decodeMessage(datagram);
  const identifier = answer.clientIdentifier ?? v4.clientIdentifier(message);
  const seconds = (code: number, value: number | undefined): (readonly [number, Uint8Array])[] => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value ?? 0);
    return value === undefined ? [] : [[code, bytes]];
  };
  const isNak = answer.type === v4.MESSAGE_TYPE.nak;
  const chaddr = new Uint8Array(16);
  chaddr.set(answer.hardwareAddress ?? v4.hardwareAddress(message));
  return v4.encodeMessage({
    ...message,
    op: v4.OP.bootReply,
    chaddr,
    yiaddr: isNak ? v4.unspecifiedIpv4() : v4.parseIpv4(answer.address ?? '10.1.0.1'),
    options: new Map([
      [v4.OPTION.messageType, Uint8Array.of(answer.type)],
      [v4.OPTION.serverIdentifier, v4.parseIpv4(answer.serverIdentifier ?? '127.0.0.1')],
      ...(identifier === undefined ? [] : [[v4.OPTION.clientIdentifier, identifier] as const]),
      ...(isNak ? [] : seconds(v4.OPTION.leaseTime, answer.leaseTime ?? 4_000)),
      ...seconds(v4.OPTION.renewalTime, answer.t1),
      ...seconds(v4.OPTION.rebindingTime, answer.t2),
    ]),
  });
}

export const offer4 = (datagram: Uint8Array, address?: string): Uint8Array =>
  answer4(datagram, { type: v4.MESSAGE_TYPE.offer, ...(address === undefined ? {} : { address }) });
export const ack4 = (datagram: Uint8Array, address?: string): Uint8Array =>
  answer4(datagram, { type: v4.MESSAGE_TYPE.ack, ...(address === undefined ? {} : { address }) });
export const nak4 = (datagram: Uint8Array): Uint8Array => answer4(datagram, { type: v4.MESSAGE_TYPE.nak });

interface IaAnswer {
  /** An address, or a prefix with its length; none where the IA is refused. */
  lease?: string;
  validLifetime?: number;
  /** Seconds; 1,000 and 2,000 by default. */
  t1?: number;
  t2?: number;
  /** The status code of the IA. */
  status?: number;
}

interface Answer6 extends IaAnswer {
  type: typeof v6.MESSAGE_TYPE.advertise | typeof v6.MESSAGE_TYPE.reply;
  duid?: Uint8Array;
  serverDuid?: Uint8Array;
  iaid?: number;
  rapidCommit?: boolean;
  /** The answer for the second IA that was asked for; absent where the answer leaves it out. */
  second?: IaAnswer;
}

export const SERVER_DUID = Uint8Array.of(0, 2, 0, 0, 9, 0xbf, 0, 7);

/** A server's answer to a DHCPv6 message that came through a relay. */
export function answer6(datagram: Uint8Array, answer: Answer6): Uint8Array {
  const { message, relays } = v6.unwrap(v6.decodeMessage(datagram));
  const [asked, alsoAsked] = message.options.filter(isIa);
  const clientId = message.options.find((option) => option.type === 'client-id');
  if (asked === undefined || clientId === undefined || relays.length === 0)
    throw new Error('no client message');
  const iaid = answer.iaid ?? asked.iaid;
  const answered: v6.ClientServerMessage = {
    ...message,
    messageType: answer.type,
    options: [
      { type: 'client-id', duid: answer.duid ?? clientId.duid },
      { type: 'server-id', duid: answer.serverDuid ?? SERVER_DUID },
      ...(answer.rapidCommit === true ? [{ type: 'rapid-commit' as const }] : []),
      answerIn(asked.type, iaid, answer),
      ...(alsoAsked === undefined || answer.second === undefined
        ? []
        : [answerIn(alsoAsked.type, iaid, answer.second)]),
    ],
  };
  return v6.encodeMessage(throughRelays(answered, relays));
}

/** A REPLY with a status for the whole message, and no IA: the answer to a CONFIRM (RFC 8415 section 18.3.3). */
export function status6(datagram: Uint8Array, statusCode: number): Uint8Array {
  const { message, relays } = v6.unwrap(v6.decodeMessage(datagram));
  const own = message.options.filter(({ type }) => type === 'client-id');
  const options: v6.ClientServerOption[] = [
    ...own,
    { type: 'server-id', duid: SERVER_DUID },
    { type: 'status-code', statusCode, message: new Uint8Array() },
  ];
  return v6.encodeMessage(throughRelays({ ...message, messageType: v6.MESSAGE_TYPE.reply, options }, relays));
}

/** An answer through the relays of the message that it answers, outermost first. */
function throughRelays(
  answered: v6.ClientServerMessage,
  relays: readonly v6.RelayMessage[],
): v6.Dhcp6Message {
  return relays.reduceRight<v6.Dhcp6Message>(
    (message, relay) => ({
      ...relay,
      messageType: v6.MESSAGE_TYPE.relayReply,
      options: [{ type: 'relay-message', message }],
    }),
    answered,
  );
}

function isIa(option: v6.ClientServerOption): option is v6.IaNaOption | v6.IaPdOption {
  return option.type === 'ia-na' || option.type === 'ia-pd';
}

function answerIn(
  type: 'ia-na' | 'ia-pd',
  iaid: number,
  { lease, status, validLifetime = 4_000, t1 = 1_000, t2 = 2_000 }: IaAnswer,
): v6.ClientServerOption {
  const ia = { iaid, t1, t2 };
  const lifetimes = { preferredLifetime: Math.min(3_000, validLifetime), validLifetime, options: [] };
  const refusal =
    status === undefined
      ? []
      : [{ type: 'status-code' as const, statusCode: status, message: new Uint8Array() }];
  if (type === 'ia-na') {
    const addresses =
      lease === undefined
        ? []
        : [{ type: 'ia-address' as const, address: v6.parseIpv6(lease), ...lifetimes }];
    return { type, ...ia, options: [...addresses, ...refusal] };
  }
  const prefixes =
    lease === undefined ? [] : [{ type: 'ia-prefix' as const, ...v6.parsePrefix(lease), ...lifetimes }];
  return { type, ...ia, options: [...prefixes, ...refusal] };
}

export const advertise6 = (datagram: Uint8Array, lease: string): Uint8Array =>
  answer6(datagram, { type: v6.MESSAGE_TYPE.advertise, lease });
export const reply6 = (datagram: Uint8Array, lease: string): Uint8Array =>
  answer6(datagram, { type: v6.MESSAGE_TYPE.reply, lease });
