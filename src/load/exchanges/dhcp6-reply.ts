import { leaseTypeOf, type AssociationKind } from '../../protocol/cases.js';
import {
  decodeMessage,
  grantedLeases,
  LeanReply,
  MESSAGE_TYPE,
  readReply,
  STATUS,
  type AcceptedLeases,
  type Dhcp6Reply,
  type LeanIa,
} from '../../dhcp/v6/index.js';
import type { LeaseType } from '../../protocol/leases.js';
import { sameBytes } from './bytes.js';
import {
  NO_LEASE,
  timeTold,
  type AnswerRole,
  type HeldLease,
  type Reply,
  type ReplyPart,
} from './exchange.js';
import type { ClientIdentity } from '../identities/identities.js';

/** T1 and T2 as shares of the preferred lifetime, where the server leaves them to the client (RFC 8415 section 21.4). */
const T1_SHARE = 0.5;
const T2_SHARE = 0.8;

/**
 * A server's reply to a client that asked for one IA, or for one of each kind. The lean reader reads it if that is
 * enough, else the full decoder.
 */
export class Dhcp6ExchangeReply implements Reply, AcceptedLeases {
  id = 0;
  answer: AnswerRole = 'offer';
  isRapid = false;
  kind: Reply['kind'] = 'no-lease';
  readonly parts: readonly [IaPart, ...IaPart[]];
  readonly #lean: LeanReply;
  /** The IAs that the client did not ask for. */
  readonly #others: readonly LeanIa[];
  #full: Dhcp6Reply | undefined;

  /** @param isRelayed whether answers come through a relay; true by default */
  constructor(kinds: readonly [AssociationKind, ...AssociationKind[]], isRelayed = true) {
    this.#lean = new LeanReply(isRelayed);
    const [first, ...more] = kinds;
    this.parts = [new IaPart(first), ...more.map((kind) => new IaPart(kind))];
    this.#others = [this.#lean.na, this.#lean.pd].filter(({ kind }) => !kinds.includes(kind));
  }

  /** The reply as the full decoder read it; absent where the lean reader was enough. */
  get full(): Dhcp6Reply | undefined {
    return this.#full;
  }

  get serverId(): Uint8Array {
    return this.serverDuid;
  }

  get serverDuid(): Uint8Array {
    return this.#full?.serverDuid ?? this.#lean.serverDuid;
  }

  /** The leases that a REQUEST asks for. Only used if the reply offers all that was asked for. */
  get leases(): readonly IaPart[] {
    return this.parts;
  }

  read(datagram: Uint8Array): this {
    return this.#lean.read(datagram) && this.#takeLean() ? this : this.readWhole(datagram);
  }

  /** Reads a reply by the full decoder alone. */
  readWhole(datagram: Uint8Array): this {
    const message = readReply(decodeMessage(datagram));
    this.#full = message;
    this.#describe(message);
    for (const part of this.parts) part.take(message);
    this.kind = kindOf(this.parts);
    return this;
  }

  isFor(identity: ClientIdentity): boolean {
    const full = this.#full;
    if (full === undefined) return this.#lean.isFor(identity);
    return sameBytes(full.duid, identity.duid) && full.ias.every(({ iaid }) => iaid === identity.iaid);
  }

  /**
   * Takes the reply from the lean reader; false where the full decoder must read it. That is so if the reply has an
   * IA that was not asked for, lacks one that was, or refuses one of two: the REQUEST must then leave out that lease.
   */
  #takeLean(): boolean {
    const lean = this.#lean;
    for (const other of this.#others) if (other.present) return false;
    for (const part of this.parts) if (!part.takeLean(lean[part.type])) return false;
    this.#full = undefined;
    this.#describe(lean);
    this.kind = kindOf(this.parts);
    return this.kind !== 'partial';
  }

  #describe({
    xid,
    messageType,
    rapidCommit,
  }: Pick<Dhcp6Reply, 'xid' | 'messageType' | 'rapidCommit'>): void {
    this.id = xid;
    this.answer = messageType === MESSAGE_TYPE.advertise ? 'offer' : 'commit';
    this.isRapid = rapidCommit;
  }
}

/** What a reply says of one IA. */
class IaPart implements ReplyPart {
  readonly type: AssociationKind;
  readonly leaseType: LeaseType;
  kind: ReplyPart['kind'] = 'no-lease';
  lease: Uint8Array = NO_LEASE;
  prefixLength = 0;
  validLifetime = 0;
  renewAfter = Infinity;
  rebindAfter = Infinity;
  statusCode = 0;
  endsLease = false;
  withdrawn: HeldLease | undefined;

  constructor(type: AssociationKind) {
    this.type = type;
    this.leaseType = leaseTypeOf(type);
  }

  get prefix(): Uint8Array {
    return this.lease;
  }

  /** Takes the IA from the lean reader; false where the reply has no such IA. */
  takeLean(ia: LeanIa): boolean {
    const { present, prefix, prefixLength, validLifetime, statusCode } = ia;
    this.kind = validLifetime > 0 ? 'lease' : 'no-lease';
    this.lease = validLifetime > 0 ? prefix : NO_LEASE;
    this.prefixLength = prefixLength;
    this.validLifetime = validLifetime;
    this.#time(ia, ia.preferredLifetime);
    this.statusCode = statusCode;
    this.endsLease = statusCode === STATUS.noBinding;
    this.withdrawn = undefined;
    return present;
  }

  take({ ias, statusCode }: Dhcp6Reply): void {
    const ia = ias.find(({ type }) => type === this.type);
    const [granted] = ia === undefined ? [] : grantedLeases(ia);
    const refused = ia?.leases[0];
    // A server takes a lease away by naming it with a lifetime of 0.
    const named = ia?.leases.find(({ validLifetime }) => validLifetime === 0);
    const ended = granted === undefined ? named : undefined;
    this.withdrawn = granted === undefined ? undefined : named;
    this.kind = granted === undefined ? 'no-lease' : 'lease';
    this.lease = (granted ?? ended)?.prefix ?? NO_LEASE;
    this.prefixLength = (granted ?? ended)?.prefixLength ?? 0;
    this.validLifetime = granted?.validLifetime ?? 0;
    this.#time(ia, granted?.preferredLifetime ?? 0);
    this.statusCode = statusCode || ia?.statusCode || refused?.statusCode || 0;
    // NotOnLink for a whole message answers a CONFIRM: the client starts over (RFC 8415 section 18.2.10.3).
    this.endsLease =
      ended !== undefined || this.statusCode === STATUS.noBinding || statusCode === STATUS.notOnLink;
  }

  #time(ia: { t1: number; t2: number } | undefined, preferredLifetime: number): void {
    this.renewAfter = timeTold(ia?.t1 ?? 0, T1_SHARE, preferredLifetime);
    this.rebindAfter = timeTold(ia?.t2 ?? 0, T2_SHARE, preferredLifetime);
  }
}

function kindOf(parts: readonly ReplyPart[]): Reply['kind'] {
  let granted = 0;
  for (const { kind } of parts) if (kind === 'lease') granted++;
  if (granted === 0) return 'no-lease';
  return granted === parts.length ? 'lease' : 'partial';
}
