import { serverName } from '../checks/server-name.js';
import type { CaseParts } from '../fold/case-parts.js';
import type { HeldLease } from '../../results/witness.js';

/** All leases that these clients ever held, in the order in which the holdings began. */
export function everHeld(state: CaseParts, clients: Iterable<number>): ReadonlyMap<number, HeldLease[]> {
  const { holdings, caseIndex } = state;
  const held = new Map<number, HeldLease[]>();
  for (const client of clients) held.set(client, []);
  for (let holding = 0; holding < holdings.count; holding++) {
    if (holdings.caseIndex(holding) === caseIndex)
      held.get(holdings.client(holding))?.push(heldLease(state, holding));
  }
  return held;
}

/** A holding as a witness tells of it. */
export function heldLease({ holdings, layout, leases }: CaseParts, holding: number): HeldLease {
  return {
    lease: leases.text(holdings.lease(holding)),
    server: serverName(layout, holdings.server(holding)),
    fromUs: holdings.fromUs(holding),
    last: { server: serverName(layout, holdings.lastServer(holding)), atUs: holdings.lastAtUs(holding) },
  };
}
