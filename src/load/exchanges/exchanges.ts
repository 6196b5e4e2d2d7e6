import type { Exchange } from './exchange.js';
import type { ClientIdentity } from '../identities/identities.js';

/**
 * The exchanges that drive the clients of a case: one for each relay and each shape of identities, as an exchange prepares
 * messages in which only bytes differ. Each is made when a client first needs it.
 */
export class Exchanges {
  readonly relays: number;
  readonly #make: (relay: number, identity: ClientIdentity) => Exchange;
  readonly #made: (Exchange | undefined)[][];

  /** @param relays at least 1; clients on the link of their servers count as behind one */
  constructor(relays: number, make: (relay: number, identity: ClientIdentity) => Exchange) {
    this.relays = relays;
    this.#make = make;
    this.#made = Array.from({ length: relays }, () => []);
  }

  of(relay: number, identity: ClientIdentity): Exchange {
    const ofRelay = this.#made[relay];
    if (ofRelay === undefined) throw new RangeError(`this case has no relay ${relay}`);
    return (ofRelay[identity.shape ?? 0] ??= this.#make(relay, identity));
  }
}
