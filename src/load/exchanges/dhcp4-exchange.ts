import { putU16, u32 } from '../../dhcp/big-endian.js';
import {
  decline,
  decodeMessage,
  discover,
  initReboot,
  isUnspecifiedIpv4,
  LeanReply,
  MESSAGE_TYPE,
  parseIpv4,
  PreparedMessage,
  readReply,
  release,
  renew,
  request,
  unspecifiedIpv4,
  type AcceptedOffer,
  type Dhcp4Reply,
} from '../../dhcp/v4/index.js';
import { sameBytes } from './bytes.js';
import {
  NO_LEASE,
  STEP,
  timeTold,
  type AnswerRole,
  type Elapsed,
  type Exchange,
  type ExchangeModel,
  type Held,
  type Reply,
  type ReplyPart,
  type Step,
  type Steps,
} from './exchange.js';
import { identityOf, type ClientIdentity } from '../identities/identities.js';

/** The offsets of `xid` and `secs` in a message (RFC 2131 section 2). */
const XID_OFFSET = 4;
const SECS_OFFSET = 8;

/** RFC 2131 section 4.1: 4 s at first, doubled up to 64 s, each changed at random by up to a second either way. */
const RETRANSMISSION: Step['retransmission'] = {
  initialMs: 4_000,
  maximumMs: 64_000,
  maxRetransmissions: Infinity,
  next(beforeMs, random) {
    const doubled =
      beforeMs === 0 ? 4_000 : Math.min(2 * 2 ** Math.round(Math.log2(beforeMs / 1_000)) * 1_000, 64_000);
    return doubled + (2 * random - 1) * 1_000;
  },
};

/**
 * RFC 2131 section 4.4.5: a client waits half of the time that is left until T2 or until the lease ends, but at least
 * 60 seconds. The harness always waits those 60 seconds: few transaction timeouts are so long that even one
 * retransmission leaves.
 */
const RENEWAL_RETRANSMISSION: Step['retransmission'] = {
  initialMs: 60_000,
  maximumMs: 60_000,
  maxRetransmissions: Infinity,
  next: () => 60_000,
};
/** RFC 2131 sections 4.4.4 and 4.4.6: no server answers a DECLINE or RELEASE, so the client waits for no answer. */
const UNANSWERED = { answer: null, sharesId: false, retransmission: RENEWAL_RETRANSMISSION } as const;
const RENEWED = { answer: 'commit', sharesId: false, retransmission: RENEWAL_RETRANSMISSION } as const;

/** T1 and T2 as shares of the lease time, where the server does not tell them (RFC 2131 section 4.4.5). */
const T1_SHARE = 0.5;
const T2_SHARE = 0.875;

/** DHCPv4 through a relay agent, or on the link of the servers: DISCOVER, OFFER, REQUEST and ACK, and then the client's messages about its lease. */
export class Dhcp4Exchange implements Exchange {
  readonly family = 'udp4';
  readonly leaseTypes = ['address'] as const;
  readonly leaseBytes = 4;
  readonly idBits = 32;
  /** A REQUEST in the RENEWING state names no server (RFC 2131 section 4.3.2). */
  readonly roamsBy = STEP.renew;
  readonly rebootsBy = STEP.reboot;
  /** RFC 2131 section 4.4.1, table 5: the REQUEST has the transaction id of the OFFER. */
  readonly steps = [
    { phase: 'DISCOVER-OFFER', answer: 'offer', sharesId: false, retransmission: RETRANSMISSION },
    { phase: 'REQUEST-ACK', answer: 'commit', sharesId: true, retransmission: RETRANSMISSION },
    { phase: 'RENEW-ACK', ...RENEWED },
    { phase: 'REBIND-ACK', ...RENEWED },
    { phase: 'RELEASE', ...UNANSWERED },
    { phase: 'DECLINE', ...UNANSWERED },
    { phase: 'REBOOT-ACK', answer: 'commit', sharesId: false, retransmission: RETRANSMISSION },
  ] as const satisfies Steps;
  readonly #reply = new Dhcp4ExchangeReply();
  readonly #discover: PreparedMessage;
  readonly #request: PreparedMessage;
  readonly #renew: PreparedMessage;
  readonly #release: PreparedMessage;
  readonly #decline: PreparedMessage;
  readonly #reboot: PreparedMessage;

  /** @param relayAddress undefined for clients on the link of the servers, who get answers by broadcast */
  constructor(
    relayAddress: string | undefined,
    { identity = identityOf(0, 0, 0), hops }: ExchangeModel = {},
  ) {
    const way =
      relayAddress === undefined
        ? { broadcast: true }
        : { relay: { address: parseIpv4(relayAddress), hops } };
    const model = { xid: 0, identity, ...way };
    const offer = { yiaddr: unspecifiedIpv4(), serverIdentifier: unspecifiedIpv4() };
    const held = { ...model, address: offer.yiaddr, serverIdentifier: offer.serverIdentifier };
    const { sent } = identity;
    this.#discover = new PreparedMessage(discover(model), sent);
    this.#request = new PreparedMessage(request({ ...model, offer }), sent);
    this.#renew = new PreparedMessage(renew(held), sent);
    this.#release = new PreparedMessage(release(held), sent);
    this.#decline = new PreparedMessage(decline(held), sent);
    this.#reboot = new PreparedMessage(initReboot(held), sent);
  }

  first(identity: ClientIdentity, xid: number, { seekingS }: Elapsed): Uint8Array {
    return this.#discover.make({ xid, identity, secs: secsOf(seekingS) });
  }

  second(
    identity: ClientIdentity,
    xid: number,
    { seekingS }: Elapsed,
    { offer }: Dhcp4ExchangeReply,
  ): Uint8Array {
    return this.#request.make({ xid, identity, secs: secsOf(seekingS) }, offer);
  }

  holding(step: number, identity: ClientIdentity, xid: number, elapsed: Elapsed, held: Held): Uint8Array {
    const { serverId, leases } = held;
    const lease = { yiaddr: leases[0]?.prefix ?? NO_LEASE, serverIdentifier: serverId };
    const secs = secsOf(Math.floor(elapsed.exchangingMs / 1_000));
    switch (step) {
      case STEP.reboot:
        return this.#reboot.make({ xid, identity, secs }, lease);
      case STEP.release:
        return this.#release.make({ xid, identity, secs: 0 }, lease);
      case STEP.decline:
        return this.#decline.make({ xid, identity, secs: 0 }, lease);
      default:
        return this.#renew.make({ xid, identity, secs }, lease);
    }
  }

  again(message: Uint8Array, { seekingS }: Elapsed): Uint8Array {
    const copy = Buffer.from(message);
    putU16(copy, SECS_OFFSET, secsOf(seekingS));
    return copy;
  }

  read(datagram: Uint8Array): Dhcp4ExchangeReply {
    return this.#reply.read(datagram);
  }

  guessId(datagram: Uint8Array): number {
    return datagram.length < XID_OFFSET + 4 ? -1 : u32(datagram, XID_OFFSET);
  }
}

/** RFC 2131 section 3.1, step 3: the REQUEST has the `secs` of the DISCOVER, a field of 16 bits. */
function secsOf(seekingS: number): number {
  return Math.min(seekingS, 0xffff);
}

/** A DHCPv4 reply. It tells of one address, so the reply is also its own only part. */
class Dhcp4ExchangeReply implements Reply, ReplyPart {
  id = 0;
  answer: AnswerRole = 'offer';
  readonly isRapid = false;
  kind: ReplyPart['kind'] = 'nak';
  readonly leaseType = 'address';
  readonly parts = [this] as const;
  lease: Uint8Array = NO_LEASE;
  readonly prefixLength = 32;
  validLifetime = 0;
  renewAfter = Infinity;
  rebindAfter = Infinity;
  readonly statusCode = 0;
  readonly withdrawn = undefined;
  endsLease = false;
  readonly #lean = new LeanReply();
  /** The reply as the full decoder read it; absent where the lean reader was enough. */
  #full: Dhcp4Reply | undefined;

  read(datagram: Uint8Array): this {
    if (this.#lean.read(datagram)) {
      this.#full = undefined;
      const { leaseTime, renewalTime, rebindingTime } = this.#lean;
      this.#take(this.#lean, leaseTime, renewalTime, rebindingTime);
    } else {
      this.#full = readReply(decodeMessage(datagram));
      const { leaseTime = 0, renewalTime = 0, rebindingTime = 0 } = this.#full;
      this.#take(this.#full, leaseTime, renewalTime, rebindingTime);
    }
    return this;
  }

  isFor(identity: ClientIdentity): boolean {
    return this.#full === undefined ? this.#lean.isFor(identity) : isFor(this.#full, identity);
  }

  get offer(): AcceptedOffer {
    return this.#full ?? this.#lean;
  }

  get serverId(): Uint8Array {
    return this.offer.serverIdentifier;
  }

  #take(
    { messageType, xid, yiaddr }: Pick<Dhcp4Reply, 'messageType' | 'xid' | 'yiaddr'>,
    time: number,
    t1: number,
    t2: number,
  ): void {
    const isLease = messageType !== MESSAGE_TYPE.nak && !isUnspecifiedIpv4(yiaddr);
    this.id = xid;
    this.answer = messageType === MESSAGE_TYPE.offer ? 'offer' : 'commit';
    this.kind = messageType === MESSAGE_TYPE.nak ? 'nak' : isLease && time > 0 ? 'lease' : 'no-lease';
    this.lease = isLease ? yiaddr : NO_LEASE;
    this.validLifetime = time;
    this.renewAfter = timeTold(t1, T1_SHARE, time);
    this.rebindAfter = timeTold(t2, T2_SHARE, time);
    this.endsLease = this.kind === 'nak' || (isLease && time === 0);
  }
}

/**
 * RFC 6842 section 3 makes a server return the client identifier. A reply without it is matched by the hardware
 * address alone.
 */
function isFor(message: Dhcp4Reply, identity: ClientIdentity): boolean {
  return (
    sameBytes(message.hardwareAddress, identity.hardwareAddress) &&
    (message.clientIdentifier === undefined ||
      (identity.clientIdentifier !== undefined &&
        sameBytes(message.clientIdentifier, identity.clientIdentifier)))
  );
}
