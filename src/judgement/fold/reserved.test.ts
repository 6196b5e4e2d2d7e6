import { describe, expect, it } from 'vitest';
import type { Answer } from '../../observations/observation.js';
import { reservedLease } from '../../kea/reservations.js';
import { LeaseIndex } from '../holdings/leases.js';
import { Reserved } from './reserved.js';

const SUBNET = {
  id: 63,
  case: 'dhcp6-ia-na-pd',
  pool: { first: '2001:db8::1', last: '2001:db8::ff' },
  prefixPool: { prefix: '2001:db8:8000::', length: 48, delegatedLength: 64 },
};
/** The lease of a client that has no reservation. */
const OTHER = 100;

function scene() {
  const leases = new LeaseIndex();
  const reserved = new Reserved(leases, SUBNET, ['address', 'prefix'], 3, (server) => `server-${server + 1}`);
  const give = (client: number, leaseType: 'address' | 'prefix', whose: number): void => {
    const { bytes, prefixLength } = reservedLease(SUBNET, leaseType, whose);
    const answer = { client, leaseType, fromServer: 1 } as Answer;
    reserved.granted(answer, leases.intern(bytes, leaseType, prefixLength));
  };
  return { reserved, give };
}

describe('reserved leases', () => {
  it('go to their clients, both of a client that asks for both', () => {
    const { reserved, give } = scene();
    for (const client of [0, 1, 2, 0]) {
      give(client, 'address', client);
      give(client, 'prefix', client);
    }
    give(7, 'address', OTHER);
    expect(reserved).toMatchObject({ judged: 8, wrong: 0, shown: [] });
  });

  it('are not given to others, and their clients get no other lease', () => {
    const { reserved, give } = scene();
    give(7, 'address', 1);
    give(2, 'prefix', OTHER);
    give(0, 'address', 1);
    expect(reserved).toMatchObject({ judged: 3, wrong: 3 });
    expect(reserved.shown).toEqual([
      'client 7 got 2001:db8::fe from server-2, which is reserved for client 1',
      'client 2 got 2001:db8:8000:ff9b::/64 from server-2, and has 2001:db8:8000:fffd::/64 reserved',
      'client 0 got 2001:db8::fe from server-2, which is reserved for client 1',
    ]);
  });

  it('are not given again to a client that has declined its address; it gets another one', () => {
    const { reserved, give } = scene();
    give(1, 'address', 1);
    reserved.declined(1);
    give(1, 'address', OTHER);
    give(1, 'prefix', 1);
    expect(reserved).toMatchObject({ judged: 2, wrong: 0, served: 1 });
    give(7, 'address', 1);
    expect(reserved.wrong).toBe(1);
  });

  it('say how many clients got theirs', () => {
    const { reserved, give } = scene();
    give(0, 'address', OTHER);
    give(2, 'address', 2);
    expect(reserved).toMatchObject({ served: 1, clients: 3 });
  });

  it('are shown up to three', () => {
    const { reserved, give } = scene();
    for (let time = 0; time < 5; time++) give(7, 'address', 1);
    expect(reserved.wrong).toBe(5);
    expect(reserved.shown).toHaveLength(3);
  });
});
