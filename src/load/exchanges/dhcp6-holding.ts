import type { AssociationKind } from '../../protocol/cases.js';
import {
  confirm,
  decline,
  PreparedMessage,
  rebind,
  release,
  renew,
  type Dhcp6Message,
  type Dhcp6Relay,
  type MessageFields,
} from '../../dhcp/v6/index.js';
import { NO_LEASE, STEP, type Held } from './exchange.js';
import type { ClientIdentity } from '../identities/identities.js';

type Make = (serverDuid: Uint8Array, input: Parameters<typeof rebind>[0]) => Dhcp6Message;

const MAKE: Readonly<Record<number, Make>> = {
  [STEP.renew]: (serverDuid, input) => renew({ ...input, serverDuid }),
  [STEP.rebind]: (_, input) => rebind(input),
  [STEP.reboot]: (_, input) => confirm(input),
  [STEP.release]: (serverDuid, input) => release({ ...input, serverDuid }),
  [STEP.decline]: (serverDuid, input) => decline({ ...input, serverDuid }),
};

/**
 * Makes RENEW, REBIND, CONFIRM, RELEASE and DECLINE for all that a client holds. It keeps one prepared message for each step
 * and each length of a server's DUID.
 */
export class Dhcp6Holding {
  readonly #kinds: readonly AssociationKind[];
  readonly #relay: Dhcp6Relay | undefined;
  readonly #identity: ClientIdentity;
  /** By step, then by the length of the server's DUID. */
  readonly #prepared: (PreparedMessage | undefined)[][] = [];

  /** @param identity a client's, of which the messages of every client have the lengths */
  constructor(kinds: readonly AssociationKind[], relay: Dhcp6Relay | undefined, identity: ClientIdentity) {
    this.#kinds = kinds;
    this.#relay = relay;
    this.#identity = identity;
  }

  make(step: number, fields: MessageFields, { serverId, leases }: Held): Uint8Array {
    // A REBIND and a CONFIRM ask any server, so they name none (RFC 8415 sections 18.2.3 and 18.2.5).
    const asksAny = step === STEP.rebind || step === STEP.reboot;
    const serverDuid = asksAny ? NO_LEASE : serverId;
    return this.#preparedFor(step, serverDuid.length).make(fields, { serverDuid, leases });
  }

  #preparedFor(step: number, duidLength: number): PreparedMessage {
    const ofStep = (this.#prepared[step] ??= []);
    return (ofStep[duidLength] ??= this.#prepare(step, duidLength));
  }

  #prepare(step: number, duidLength: number): PreparedMessage {
    const make = MAKE[step];
    if (make === undefined) throw new RangeError(`step ${step} has no message about a lease`);
    const leases = [{ prefix: new Uint8Array(16), prefixLength: 128 }];
    return new PreparedMessage(
      make(new Uint8Array(duidLength), {
        xid: 0,
        identity: this.#identity,
        relay: this.#relay,
        ias: this.#kinds.map((type) => ({ type, leases })),
      }),
      this.#identity.sent,
    );
  }
}
