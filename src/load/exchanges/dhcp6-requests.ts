import type { AssociationKind } from '../../protocol/cases.js';
import {
  elapsedTimeAt,
  encodeMessage,
  PreparedMessage,
  request,
  type Dhcp6Relay,
  type MessageFields,
} from '../../dhcp/v6/index.js';
import { putU16 } from '../../dhcp/big-endian.js';
import type { Dhcp6ExchangeReply } from './dhcp6-reply.js';
import type { ClientIdentity } from '../identities/identities.js';

/** Makes REQUESTs for what was advertised. It keeps one prepared message for each length of a server's DUID. */
export class Dhcp6Requests {
  readonly #kinds: readonly AssociationKind[];
  readonly #relay: Dhcp6Relay | undefined;
  readonly #identity: ClientIdentity;
  readonly #prepared: (PreparedMessage | undefined)[] = [];

  /** @param identity a client's, of which the messages of every client have the lengths */
  constructor(kinds: readonly AssociationKind[], relay: Dhcp6Relay | undefined, identity: ClientIdentity) {
    this.#kinds = kinds;
    this.#relay = relay;
    this.#identity = identity;
  }

  make(fields: MessageFields, offer: Dhcp6ExchangeReply): Uint8Array {
    const { full } = offer;
    return full === undefined
      ? this.#preparedFor(offer.serverDuid.length).make(fields, offer)
      : encodeMessage(request({ ...fields, relay: this.#relay, advertise: full }));
  }

  /** Copies a REQUEST that leaves again, `elapsedMs` milliseconds after its exchange began. */
  again(message: Uint8Array, elapsedMs: number): Uint8Array {
    const copy = Buffer.from(message);
    putU16(copy, elapsedTimeAt(copy), Math.min(Math.floor(elapsedMs / 10), 0xffff));
    return copy;
  }

  #preparedFor(duidLength: number): PreparedMessage {
    return (this.#prepared[duidLength] ??= new PreparedMessage(
      request({
        xid: 0,
        identity: this.#identity,
        relay: this.#relay,
        advertise: { serverDuid: new Uint8Array(duidLength), ias: this.#kinds.map(anyIa) },
      }),
      this.#identity.sent,
    ));
  }
}

function anyIa(type: AssociationKind) {
  const lease = {
    prefix: new Uint8Array(16),
    prefixLength: 128,
    preferredLifetime: 1,
    validLifetime: 1,
    statusCode: 0,
  };
  return { type, iaid: 0, t1: 0, t2: 0, statusCode: 0, statusMessage: '', leases: [lease] };
}
