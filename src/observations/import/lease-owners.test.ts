import { describe, expect, it } from 'vitest';
import { LeaseOwners } from './lease-owners.js';

function lease(bytes: 4 | 16, number: number): Uint8Array {
  const address = new Uint8Array(bytes);
  new DataView(address.buffer).setUint32(bytes - 8 < 0 ? 0 : bytes - 8, number);
  return address;
}

describe.each([4, 16] as const)('the owners of leases of %i bytes', (bytes) => {
  it('are reported once, when a lease gets its second one', () => {
    const owners = new LeaseOwners();
    expect([1, 1, 2, 2, 3, 1].map((client) => owners.give(lease(bytes, 9), 64, client))).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('are kept apart for many similar leases', () => {
    const owners = new LeaseOwners();
    const many = 100_000;
    let told = 0;
    const give = (number: number, prefixLength: number, client: number): void => {
      if (owners.give(lease(bytes, number), prefixLength, client)) told++;
    };
    for (let number = 0; number < many; number++) {
      give(number, 64, number);
      give(number, 56, many + number);
    }
    for (let number = 0; number < many; number++) give(number, 64, number);
    expect(told).toBe(0);
    for (let number = 0; number < many; number += 10) give(number, 64, many);
    expect(told).toBe(many / 10);
  });
});
