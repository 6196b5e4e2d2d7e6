import { u16, u24, u8 } from '../../dhcp/big-endian.js';
import { type AssociationKind, leaseTypeOf } from '../../protocol/cases.js';
import {
  MESSAGE_TYPE,
  OPTION,
  parseIpv6,
  PreparedMessage,
  solicit,
  type Dhcp6Relay,
} from '../../dhcp/v6/index.js';
import {
  STEP,
  type Elapsed,
  type Exchange,
  type ExchangeModel,
  type Held,
  type Retransmission,
  type Step,
  type Steps,
} from './exchange.js';
import { Dhcp6Holding } from './dhcp6-holding.js';
import { Dhcp6ExchangeReply } from './dhcp6-reply.js';
import { Dhcp6Requests } from './dhcp6-requests.js';
import { identityOf, type ClientIdentity } from '../identities/identities.js';

/** The length of a relay message's header, before its options (RFC 8415 section 9). */
const RELAY_HEADER_BYTES = 34;

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

/**
 * RFC 8415 section 18.2.1: the first RAND of a SOLICIT is greater than 0, so that advertisements have more than IRT
 * to come in.
 */
function solicitRetransmission(initialMs: number, maximumMs: number): Retransmission {
  const rule = retransmission(initialMs, maximumMs, Infinity);
  return {
    ...rule,
    next: (beforeMs, random) => rule.next(beforeMs, beforeMs === 0 ? 1 - random / 2 : random),
  };
}

/** The timers of RFC 8415 section 7.6: SOL_TIMEOUT, SOL_MAX_RT; REQ_TIMEOUT, REQ_MAX_RT, REQ_MAX_RC; and so on. */
const SOLICIT: Step = {
  phase: 'SOLICIT-ADVERTISE',
  answer: 'offer',
  sharesId: false,
  retransmission: solicitRetransmission(1_000, 3_600_000),
};
/**
 * A SOLICIT with Rapid Commit. If a server answers it with an ADVERTISE all the same, the client sends a REQUEST as
 * usual.
 */
const RAPID_SOLICIT: Step = { ...SOLICIT, phase: 'SOLICIT-REPLY', answer: 'either' };
const REQUEST = committing('REQUEST-REPLY', 1_000, 30_000, 9);
const RENEW = committing('RENEW-REPLY', 10_000, 600_000, Infinity);
const REBIND = committing('REBIND-REPLY', 10_000, 600_000, Infinity);
const RELEASE = committing('RELEASE-REPLY', 1_000, Infinity, 3);
const DECLINE = committing('DECLINE-REPLY', 1_000, Infinity, 3);
const CONFIRM = committing('CONFIRM-REPLY', 1_000, 4_000, Infinity);

/**
 * @param again the most retransmissions: MRC less one, as MRC counts the first transmission too (RFC 8415 section 15)
 */
function committing(phase: Step['phase'], initialMs: number, maximumMs: number, again: number): Step {
  const rule = retransmission(initialMs, maximumMs, again);
  return { phase, answer: 'commit', sharesId: false, retransmission: rule };
}

/**
 * DHCPv6 through a relay agent, or on the link of the servers, for one IA or for one of each kind: SOLICIT, ADVERTISE, REQUEST and REPLY, and then
 * the client's messages about its leases.
 */
export class Dhcp6Exchange implements Exchange {
  readonly family = 'udp6';
  readonly idBits = 24;
  readonly leaseBytes = 16;
  /** A RENEW names its server, and other servers discard it (RFC 8415 section 18.3.4). */
  readonly roamsBy = STEP.rebind;
  /** RFC 8415 section 18.2.12: a client with a prefix sends a REBIND, as a CONFIRM is about addresses alone. */
  readonly rebootsBy: Exchange['rebootsBy'];
  readonly steps: Steps;
  readonly leaseTypes: Exchange['leaseTypes'];
  readonly #isRelayed: boolean;
  readonly #reply: Dhcp6ExchangeReply;
  readonly #solicit: PreparedMessage;
  readonly #requests: Dhcp6Requests;
  readonly #holding: Dhcp6Holding;

  /**
   * @param linkAddress undefined for clients on the link of the servers
   * @param kinds the IAs that a client asks for: one of each kind at most, IA_NA first
   * @param model `rapidCommit`: whether a client asks for its lease without an offer (RFC 8415 section 18.2.1)
   */
  constructor(
    kinds: readonly [AssociationKind, ...AssociationKind[]],
    linkAddress: string | undefined,
    {
      rapidCommit = false,
      identity = identityOf(0, 0, 0),
      hops,
    }: ExchangeModel & { rapidCommit?: boolean } = {},
  ) {
    const [first, ...more] = kinds;
    this.leaseTypes = [leaseTypeOf(first), ...more.map(leaseTypeOf)];
    const relay: Dhcp6Relay | undefined =
      linkAddress === undefined
        ? undefined
        : { linkAddress: parseIpv6(linkAddress), peerAddress: parseIpv6('fe80::1'), hops };
    this.#isRelayed = relay !== undefined;
    this.#reply = new Dhcp6ExchangeReply(kinds, this.#isRelayed);
    this.#solicit = new PreparedMessage(
      solicit({ xid: 0, identity, ias: kinds, relay, rapidCommit }),
      identity.sent,
    );
    this.#requests = new Dhcp6Requests(kinds, relay, identity);
    this.#holding = new Dhcp6Holding(kinds, relay, identity);
    const steps = [rapidCommit ? RAPID_SOLICIT : SOLICIT, REQUEST, RENEW, REBIND, RELEASE] as const;
    // RFC 8415 section 18.2.8: a client declines addresses, never prefixes.
    this.steps = kinds.includes('pd') ? steps : ([...steps, DECLINE, CONFIRM] as const);
    this.rebootsBy = kinds.includes('pd') ? STEP.rebind : STEP.reboot;
  }

  /** The elapsed time counts from the first message of this exchange, and is 0 there (RFC 8415 section 21.9). */
  first(identity: ClientIdentity, xid: number, { exchangingMs }: Elapsed): Uint8Array {
    return this.#solicit.make({ xid, identity, elapsedMs: exchangingMs });
  }

  second(
    identity: ClientIdentity,
    xid: number,
    { exchangingMs }: Elapsed,
    offer: Dhcp6ExchangeReply,
  ): Uint8Array {
    return this.#requests.make({ xid, identity, elapsedMs: exchangingMs }, offer);
  }

  holding(
    step: number,
    identity: ClientIdentity,
    xid: number,
    { exchangingMs }: Elapsed,
    held: Held,
  ): Uint8Array {
    return this.#holding.make(step, { xid, identity, elapsedMs: exchangingMs }, held);
  }

  again(message: Uint8Array, { exchangingMs }: Elapsed): Uint8Array {
    return this.#requests.again(message, exchangingMs);
  }

  read(datagram: Uint8Array): Dhcp6ExchangeReply {
    return this.#reply.read(datagram);
  }

  /** Searches the options behind each relay header for the relayed message. */
  guessId(datagram: Uint8Array): number {
    let message = this.#isRelayed ? carriedAt(datagram, 0) : 0;
    while (message !== -1 && u8(datagram, message) === MESSAGE_TYPE.relayReply)
      message = carriedAt(datagram, message);
    return message === -1 || message + 4 > datagram.length ? -1 : u24(datagram, message + 1);
  }
}

/** Where the message begins that the relay message at this place carries; -1 for none. */
function carriedAt(datagram: Uint8Array, relay: number): number {
  for (let at = relay + RELAY_HEADER_BYTES; at + 8 <= datagram.length; at += 4 + u16(datagram, at + 2)) {
    if (u16(datagram, at) === OPTION.relayMessage) return at + 4;
  }
  return -1;
}
