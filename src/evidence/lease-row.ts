import type { LeaseRow } from '../results/audit.js';
import { formatIpv4 } from '../dhcp/v4/index.js';
import { formatIpv6, parseIpv6 } from '../dhcp/v6/index.js';
import type { LeaseTableName } from './system.js';

/** A value in the form in which the lease file holds it. */
export type StoredValue = string | number | null;

/**
 * Makes a column's value from mysql2 comparable and readable. Addresses become text, whether the schema keeps them as
 * a number, as text (`varchar(39)`, up to schema 14.0) or as 16 bytes (from 19.0 on). Other bytes become hexadecimal.
 */
export function storedValue(column: string, value: unknown): StoredValue {
  if (column === 'address') return addressText(value);
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}

function addressText(value: unknown): StoredValue {
  if (typeof value === 'number') {
    return formatIpv4(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  }
  if (Buffer.isBuffer(value) && value.length === 16) return formatIpv6(value);
  // An address that no Kea wrote is a finding for the audit, not a read error.
  try {
    return formatIpv6(parseIpv6(String(value)));
  } catch {
    return String(value);
  }
}

/**
 * Makes a reader for the stored rows of one table. It finds each column by name, as its place depends on the schema.
 */
export function leaseRowReader(
  table: LeaseTableName,
  columns: readonly string[],
): (values: readonly StoredValue[]) => LeaseRow {
  const at = (name: string): number => columns.indexOf(name);
  const index = {
    address: at('address'),
    leaseType: at('lease_type'),
    prefixLength: at('prefix_len'),
    subnet: at('subnet_id'),
    state: at('state'),
    expire: at('expire'),
    validLifetime: at('valid_lifetime'),
    hardwareAddress: at('hwaddr'),
    clientIdentifier: at('client_id'),
    duid: at('duid'),
    iaid: at('iaid'),
  };
  const wholeAddress = table === 'lease4' ? 32 : 128;
  return (values) => {
    const leaseType = leaseTypeOf(values[index.leaseType]);
    return {
      address: textOf(values[index.address]) ?? '',
      leaseType,
      prefixLength: numberOf(values[index.prefixLength]) ?? wholeAddress,
      subnet: numberOf(values[index.subnet]) ?? 0,
      state: numberOf(values[index.state]) ?? 0,
      expire: numberOf(values[index.expire]),
      validLifetime: numberOf(values[index.validLifetime]) ?? 0,
      hardwareAddress: textOf(values[index.hardwareAddress]),
      clientIdentifier: textOf(values[index.clientIdentifier]),
      duid: textOf(values[index.duid]),
      iaid: numberOf(values[index.iaid]),
    };
  };
}

function leaseTypeOf(value: StoredValue | undefined): LeaseRow['leaseType'] {
  if (value === 1) return 'temporary';
  return value === 2 ? 'prefix' : 'address';
}

function textOf(value: StoredValue | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}

function numberOf(value: StoredValue | undefined): number | null {
  return value === undefined || value === null ? null : Number(value);
}
