import {
  decodeMessage,
  encodeMessage,
  grantedLeases,
  MESSAGE_TYPE,
  parseIpv6,
  readReply,
  request,
  solicit,
  type Dhcp6Relay,
  type Dhcp6Reply,
  type IaKind,
} from '../dhcp/v6/index.js';
import { sameBytes } from './bytes.js';
import { NO_LEASE, type Elapsed, type Exchange, type Reply, type Retransmission } from './exchange.js';
import type { ClientIdentity } from './identities.js';
import { TransactionIds } from './transaction-ids.js';

interface Dhcp6ExchangeReply extends Reply {
  message: Dhcp6Reply;
}

/** RFC 8415 section 15: RT = IRT + RAND·IRT, then 2·RT + RAND·RT, at most MRT + RAND·MRT; RAND in -0.1 to 0.1. */
function retransmission(initialMs: number, maximumMs: number, maxRetransmissions: number): Retransmission {
  return {
    initialMs,
    maximumMs,
    maxRetransmissions,
    next(beforeMs, random) {
      const rand = 0.2 * random - 0.1;
      const delay = beforeMs === 0 ? initialMs * (1 + rand) : beforeMs * (2 + rand);
      return delay > maximumMs ? maximumMs * (1 + rand) : delay;
    },
  };
}

/** RFC 8415 section 18.2.1: a SOLICIT's first RAND is greater than 0, for advertisements to come in. */
function solicitRetransmission(initialMs: number, maximumMs: number): Retransmission {
  const rule = retransmission(initialMs, maximumMs, Infinity);
  return {
    ...rule,
    next: (beforeMs, random) => rule.next(beforeMs, beforeMs === 0 ? 1 - random / 2 : random),
  };
}

/** SOLICIT, ADVERTISE, REQUEST, REPLY for one IA, through a relay agent. */
export class Dhcp6Exchange implements Exchange {
  readonly family = 'udp6';
  readonly phases = ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'] as const;
  /** RFC 8415 section 7.6: SOL_TIMEOUT, SOL_MAX_RT; REQ_TIMEOUT, REQ_MAX_RT, REQ_MAX_RC. */
  readonly retransmission = [
    solicitRetransmission(1_000, 3_600_000),
    retransmission(1_000, 30_000, 9),
  ] as const;
  readonly leaseType;
  readonly #ids: TransactionIds;
  readonly #kind: IaKind;
  readonly #relay: Dhcp6Relay;

  constructor(seed: number, kind: IaKind, linkAddress: string) {
    this.#ids = new TransactionIds(24, seed);
    this.#kind = kind;
    this.leaseType = kind === 'na' ? ('address' as const) : ('prefix' as const);
    this.#relay = { linkAddress: parseIpv6(linkAddress), peerAddress: parseIpv6('fe80::1') };
  }

  transactionId(transaction: number): number {
    return this.#ids.idOf(transaction);
  }

  first(identity: ClientIdentity, transaction: number, elapsed: Elapsed): Uint8Array {
    return encodeMessage(solicit({ ...this.#input(identity, transaction, elapsed), ias: [this.#kind] }));
  }

  second(
    identity: ClientIdentity,
    transaction: number,
    elapsed: Elapsed,
    offer: Dhcp6ExchangeReply,
  ): Uint8Array {
    return encodeMessage(
      request({ ...this.#input(identity, transaction, elapsed), advertise: offer.message }),
    );
  }

  read(datagram: Uint8Array): Dhcp6ExchangeReply {
    const message = readReply(decodeMessage(datagram));
    const number = this.#ids.numberOf(message.xid);
    const isAdvertise = message.messageType === MESSAGE_TYPE.advertise;
    const ia = message.ias.find(({ type }) => type === this.#kind);
    const [granted] = ia === undefined ? [] : grantedLeases(ia);
    const refused = ia?.leases[0];
    return {
      // An ADVERTISE to a REQUEST, or a REPLY to a SOLICIT, answers nothing that was asked.
      transaction: (number & 1) === (isAdvertise ? 0 : 1) ? number : -1,
      isFor: (identity) =>
        sameBytes(message.duid, identity.duid) && message.ias.every(({ iaid }) => iaid === identity.iaid),
      kind: granted === undefined ? 'no-lease' : 'lease',
      lease: granted?.prefix ?? NO_LEASE,
      prefixLength: granted?.prefixLength ?? 0,
      validLifetime: granted?.validLifetime ?? 0,
      statusCode: message.statusCode || ia?.statusCode || refused?.statusCode || 0,
      message,
    };
  }

  /** Behind the relay header of 34 bytes (RFC 8415 section 9), looks for the relayed message (option 9). */
  guessTransaction(datagram: Uint8Array): number {
    const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
    for (let at = 34; at + 8 <= view.byteLength; at += 4 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === 9) return this.#ids.numberOf(view.getUint32(at + 4) & 0xff_ffff);
    }
    return -1;
  }

  /** RFC 8415 section 21.9: the time is that of the one message exchange, and 0 in its first message. */
  #input(identity: ClientIdentity, transaction: number, { exchangingMs }: Elapsed) {
    return { xid: this.transactionId(transaction), identity, relay: this.#relay, elapsedMs: exchangingMs };
  }
}
