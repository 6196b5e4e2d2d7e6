import { describe, expect, it } from 'vitest';
import { leaseRowReader, storedValue } from './lease-row.js';

/** As mysql2 reads rows of Kea 2.2.0's schema 14.0, with `expire` by UNIX_TIMESTAMP. */
const LEASE4_COLUMNS =
  'address hwaddr client_id valid_lifetime expire subnet_id fqdn_fwd fqdn_rev hostname state user_context'.split(
    ' ',
  );
const LEASE4 = [
  167837696,
  Buffer.from('020013d994d5', 'hex'),
  Buffer.from('00e2cf82c20000000000000000', 'hex'),
  4000,
  1795404649,
  4,
  0,
  0,
  '',
  0,
  null,
];
const LEASE6_COLUMNS = (
  'address duid valid_lifetime expire subnet_id pref_lifetime lease_type iaid prefix_len fqdn_fwd fqdn_rev hostname ' +
  'hwaddr hwtype hwaddr_source state user_context'
).split(' ');
const DUID = Buffer.from('00046b65612de2cf82c2000000020000000f', 'hex');
const LEASE6 = [
  '2001:db8:8000:10::',
  DUID,
  4000,
  1795404649,
  62,
  3600,
  2,
  3805250253,
  64,
  0,
  0,
  '',
  null,
  null,
  null,
  0,
  null,
];

function stored(columns: readonly string[], row: readonly unknown[]) {
  return row.map((value, index) => storedValue(columns[index] ?? '', value));
}

describe('a lease row', () => {
  it('of lease4 has its address as text and its identifiers in hexadecimal', () => {
    expect(leaseRowReader('lease4', LEASE4_COLUMNS)(stored(LEASE4_COLUMNS, LEASE4))).toEqual({
      address: '10.1.0.0',
      leaseType: 'address',
      prefixLength: 32,
      subnet: 4,
      state: 0,
      expire: 1795404649,
      validLifetime: 4000,
      hardwareAddress: '020013d994d5',
      clientIdentifier: '00e2cf82c20000000000000000',
      duid: null,
      iaid: null,
    });
  });

  it('of lease6 has type, length, DUID and IAID', () => {
    expect(leaseRowReader('lease6', LEASE6_COLUMNS)(stored(LEASE6_COLUMNS, LEASE6))).toEqual({
      address: '2001:db8:8000:10::',
      leaseType: 'prefix',
      prefixLength: 64,
      subnet: 62,
      state: 0,
      expire: 1795404649,
      validLifetime: 4000,
      hardwareAddress: null,
      clientIdentifier: null,
      duid: DUID.toString('hex'),
      iaid: 3805250253,
    });
  });

  it.each([
    ['as text', '2001:0DB8:8000:10:0:0:0:0'],
    ['as 16 bytes', Buffer.from('20010db8800000100000000000000000', 'hex')],
  ])('is the same in whatever form the schema keeps the address: %s', (_how, address) => {
    expect(storedValue('address', address)).toBe('2001:db8:8000:10::');
  });

  it('keeps an invalid address, for the audit to find', () => {
    expect(storedValue('address', 'nonsense')).toBe('nonsense');
  });

  it('keeps every column, so that a change in any of them shows', () => {
    expect(stored(LEASE4_COLUMNS, LEASE4)).toHaveLength(LEASE4_COLUMNS.length);
  });

  it('differs from a row without identifiers', () => {
    const row = leaseRowReader('lease4', LEASE4_COLUMNS)(stored(LEASE4_COLUMNS, LEASE4.with(2, null)));
    expect(row.clientIdentifier).toBeNull();
  });
});
