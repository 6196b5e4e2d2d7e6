import {
  decodeMessage,
  grantedLeases,
  LeanReply,
  MESSAGE_TYPE,
  readReply,
  type Dhcp6Reply,
  type IaKind,
  type LeanIa,
} from '../dhcp/v6/index.js';
import { sameBytes } from './bytes.js';
import { NO_LEASE, type AnswerRole, type Reply } from './exchange.js';
import type { ClientIdentity } from './identities.js';

/** What a server says to a client that asked for one IA; read lean where that is enough. */
export class Dhcp6ExchangeReply implements Reply {
  id = 0;
  answer: AnswerRole = 'offer';
  kind: Reply['kind'] = 'no-lease';
  lease: Uint8Array = NO_LEASE;
  prefixLength = 0;
  validLifetime = 0;
  statusCode = 0;
  readonly #kind: IaKind;
  readonly #lean = new LeanReply();
  readonly #ia: LeanIa;
  readonly #otherIa: LeanIa;
  #full: Dhcp6Reply | undefined;

  constructor(kind: IaKind) {
    this.#kind = kind;
    this.#ia = kind === 'na' ? this.#lean.na : this.#lean.pd;
    this.#otherIa = kind === 'na' ? this.#lean.pd : this.#lean.na;
  }

  /** Everything it says; absent where it was read lean. */
  get full(): Dhcp6Reply | undefined {
    return this.#full;
  }

  get serverDuid(): Uint8Array {
    return this.#full?.serverDuid ?? this.#lean.serverDuid;
  }

  read(datagram: Uint8Array): this {
    if (this.#lean.read(datagram) && this.#ia.present && !this.#otherIa.present) this.#takeLean();
    else this.#takeFull(readReply(decodeMessage(datagram)));
    return this;
  }

  isFor(identity: ClientIdentity): boolean {
    const full = this.#full;
    if (full === undefined) return this.#lean.isFor(identity);
    return sameBytes(full.duid, identity.duid) && full.ias.every(({ iaid }) => iaid === identity.iaid);
  }

  #takeLean(): void {
    const { prefix, prefixLength, validLifetime, statusCode } = this.#ia;
    this.#full = undefined;
    this.id = this.#lean.xid;
    this.answer = this.#lean.messageType === MESSAGE_TYPE.advertise ? 'offer' : 'commit';
    this.kind = validLifetime > 0 ? 'lease' : 'no-lease';
    this.lease = validLifetime > 0 ? prefix : NO_LEASE;
    this.prefixLength = prefixLength;
    this.validLifetime = validLifetime;
    this.statusCode = statusCode;
  }

  #takeFull(message: Dhcp6Reply): void {
    const ia = message.ias.find(({ type }) => type === this.#kind);
    const [granted] = ia === undefined ? [] : grantedLeases(ia);
    const refused = ia?.leases[0];
    this.#full = message;
    this.id = message.xid;
    this.answer = message.messageType === MESSAGE_TYPE.advertise ? 'offer' : 'commit';
    this.kind = granted === undefined ? 'no-lease' : 'lease';
    this.lease = granted?.prefix ?? NO_LEASE;
    this.prefixLength = granted?.prefixLength ?? 0;
    this.validLifetime = granted?.validLifetime ?? 0;
    this.statusCode = message.statusCode || ia?.statusCode || refused?.statusCode || 0;
  }
}
