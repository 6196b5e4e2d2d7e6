import {
  decodeMessage,
  discover,
  encodeMessage,
  isUnspecifiedIpv4,
  MESSAGE_TYPE,
  parseIpv4,
  readReply,
  request,
  type Dhcp4Reply,
} from '../dhcp/v4/index.js';
import { sameBytes } from './bytes.js';
import { NO_LEASE, type Elapsed, type Exchange, type Reply, type Retransmission } from './exchange.js';
import type { ClientIdentity } from './identities.js';
import { TransactionIds } from './transaction-ids.js';

interface Dhcp4ExchangeReply extends Reply {
  message: Dhcp4Reply;
}

/** RFC 2131 section 4.1: 4 s, doubled up to 64 s, each give or take a second. */
const RETRANSMISSION: Retransmission = {
  initialMs: 4_000,
  maximumMs: 64_000,
  maxRetransmissions: Infinity,
  next(beforeMs, random) {
    const doubled =
      beforeMs === 0 ? 4_000 : Math.min(2 * 2 ** Math.round(Math.log2(beforeMs / 1_000)) * 1_000, 64_000);
    return doubled + (2 * random - 1) * 1_000;
  },
};

/** DISCOVER, OFFER, REQUEST, ACK through a relay agent. */
export class Dhcp4Exchange implements Exchange {
  readonly family = 'udp4';
  readonly leaseType = 'address';
  readonly phases = ['DISCOVER-OFFER', 'REQUEST-ACK'] as const;
  readonly retransmission = [RETRANSMISSION, RETRANSMISSION] as const;
  readonly #ids: TransactionIds;
  readonly #relay: { address: Uint8Array };

  constructor(seed: number, relayAddress: string) {
    this.#ids = new TransactionIds(32, seed);
    this.#relay = { address: parseIpv4(relayAddress) };
  }

  /** RFC 2131 section 4.4.1, table 5: the REQUEST has the transaction id of the OFFER, so it is the attempt's. */
  transactionId(transaction: number): number {
    return this.#ids.idOf(transaction >>> 1);
  }

  first(identity: ClientIdentity, transaction: number, elapsed: Elapsed): Uint8Array {
    return encodeMessage(discover(this.#input(identity, transaction, elapsed)));
  }

  second(
    identity: ClientIdentity,
    transaction: number,
    elapsed: Elapsed,
    offer: Dhcp4ExchangeReply,
  ): Uint8Array {
    return encodeMessage(request({ ...this.#input(identity, transaction, elapsed), offer: offer.message }));
  }

  read(datagram: Uint8Array): Dhcp4ExchangeReply {
    const message = readReply(decodeMessage(datagram));
    const isOffer = message.messageType === MESSAGE_TYPE.offer;
    const isLease = message.messageType !== MESSAGE_TYPE.nak && !isUnspecifiedIpv4(message.yiaddr);
    const validLifetime = message.leaseTime ?? 0;
    const kind =
      message.messageType === MESSAGE_TYPE.nak ? 'nak' : isLease && validLifetime > 0 ? 'lease' : 'no-lease';
    return {
      transaction: 2 * this.#ids.numberOf(message.xid) + (isOffer ? 0 : 1),
      isFor: (identity) => isFor(message, identity),
      kind,
      lease: isLease ? message.yiaddr : NO_LEASE,
      prefixLength: 32,
      validLifetime,
      statusCode: 0,
      message,
    };
  }

  guessTransaction(datagram: Uint8Array): number {
    if (datagram.length < 8) return -1;
    const xid = new DataView(datagram.buffer, datagram.byteOffset).getUint32(4);
    return 2 * this.#ids.numberOf(xid);
  }

  /** RFC 2131 section 3.1, step 3: the REQUEST has the `secs` of the DISCOVER. */
  #input(identity: ClientIdentity, transaction: number, { seekingMs }: Elapsed) {
    return {
      xid: this.transactionId(transaction),
      identity,
      relay: this.#relay,
      secs: Math.min(Math.floor(seekingMs / 1_000), 0xffff),
    };
  }
}

/** RFC 6842 section 3 makes a server return the client identifier; one that doesn't is known by the hardware address. */
function isFor(message: Dhcp4Reply, identity: ClientIdentity): boolean {
  return (
    sameBytes(message.hardwareAddress, identity.hardwareAddress) &&
    (message.clientIdentifier === undefined || sameBytes(message.clientIdentifier, identity.clientIdentifier))
  );
}
