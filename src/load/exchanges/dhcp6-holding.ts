import type { AssociationKind } from '../../protocol/cases.js';
import {
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
import { identityOf } from './identities.js';

type Make = (serverDuid: Uint8Array, input: Parameters<typeof rebind>[0]) => Dhcp6Message;

const MAKE: Readonly<Record<number, Make>> = {
  [STEP.renew]: (serverDuid, input) => renew({ ...input, serverDuid }),
  [STEP.rebind]: (_, input) => rebind(input),
  [STEP.release]: (serverDuid, input) => release({ ...input, serverDuid }),
  [STEP.decline]: (serverDuid, input) => decline({ ...input, serverDuid }),
};

/**
 * Makes RENEW, REBIND, RELEASE and DECLINE for all that a client holds. It keeps one prepared message for each step
 * and each length of a server's DUID.
 */
export class Dhcp6Holding {
  readonly #kinds: readonly AssociationKind[];
  readonly #relay: Dhcp6Relay | undefined;
  /** By step, then by the length of the server's DUID. */
  readonly #prepared: (PreparedMessage | undefined)[][] = [];

  constructor(kinds: readonly AssociationKind[], relay: Dhcp6Relay | undefined) {
    this.#kinds = kinds;
    this.#relay = relay;
  }

  make(step: number, fields: MessageFields, { serverId, leases }: Held): Uint8Array {
    // A REBIND asks any server, so it names none (RFC 8415 section 18.2.5).
    const serverDuid = step === STEP.rebind ? NO_LEASE : serverId;
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
        identity: identityOf(0, 0, 0),
        relay: this.#relay,
        ias: this.#kinds.map((type) => ({ type, leases })),
      }),
    );
  }
}
