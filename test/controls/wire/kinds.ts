import * as v4 from '../../../src/dhcp/v4/index.js';
import * as v6 from '../../../src/dhcp/v6/index.js';
import type { CaseKind } from '../../../src/protocol/cases.js';
import { Dhcp4 } from './dhcp4-message.js';
import { Dhcp6 } from './dhcp6-message.js';
import type { LeaseBytes, Message } from './message.js';

/** The cases in which the controls are run. The functions and tables below hold what differs between them. */
export const KINDS = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'] as const satisfies readonly CaseKind[];
export type Kind = (typeof KINDS)[number];

/** @returns undefined for a message that the controls don't change, such as a refusal */
export function readMessage(kind: Kind, datagram: Uint8Array): Message | undefined {
  return kind === 'dhcp4' ? Dhcp4.read(datagram) : Dhcp6.read(datagram);
}

/** The lease as results write it: `10.1.0.0`, `2001:db8:1::1:0`, `2001:db8:8000::/64`. */
export function leaseText(kind: Kind, { bytes, length }: LeaseBytes): string {
  if (kind === 'dhcp4') return v4.formatIpv4(bytes);
  return v6.formatIpv6(bytes) + (kind === 'dhcp6-ia-pd' ? `/${length}` : '');
}

/** Leases inside the pool, but so far from its start that no server gives them in so short a run. */
export const UNUSED: Readonly<Record<Kind, LeaseBytes>> = {
  dhcp4: { bytes: v4.parseIpv4('10.200.0.1'), length: 32 },
  'dhcp6-ia-na': { bytes: v6.parseIpv6('2001:db8:1::f000:1'), length: 128 },
  'dhcp6-ia-pd': { bytes: v6.parseIpv6('2001:db8:f000::'), length: 64 },
};

/** The table with the rows of a case, and the column with their owner. */
export const TABLES: Readonly<Record<Kind, { table: 'lease4' | 'lease6'; owner: 'client_id' | 'duid' }>> = {
  dhcp4: { table: 'lease4', owner: 'client_id' },
  'dhcp6-ia-na': { table: 'lease6', owner: 'duid' },
  'dhcp6-ia-pd': { table: 'lease6', owner: 'duid' },
};
