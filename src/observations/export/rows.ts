import { formatIpv4 } from '../../dhcp/v4/index.js';
import { formatIpv6 } from '../../dhcp/v6/index.js';
import { UNKNOWN_PREFIX_LENGTH } from '../../protocol/leases.js';
import type { Answer, Layout, Observation } from '../observation.js';

/** The columns, in order. A field that an observation lacks is empty in CSV and left out of JSON. */
export const COLUMNS = [
  'type',
  'case',
  'phase',
  'server',
  'client',
  'attempt',
  'transaction',
  'intendedAtUs',
  'sentAtUs',
  'retransmission',
  'receivedAtUs',
  'fromServer',
  'kind',
  'answerIndex',
  'leaseType',
  'lease',
  'validLifetime',
  'statusCode',
  'timedOutAtUs',
] as const;

export type ExportedRow = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/**
 * An observation with the names of its case and servers instead of their numbers, and with its lease as text. Unknown
 * numbers of a client or transaction, as in an unmatched answer, are left out.
 */
export function exportedRow(observation: Observation, { cases }: Layout): ExportedRow {
  const its = cases[observation.caseIndex];
  const serverName = (server: number) => its?.servers[server] ?? server;
  const { type, phase, client, attempt, transaction } = observation;
  const row: ExportedRow = {
    type,
    case: its?.name ?? observation.caseIndex,
    phase,
    server: serverName(observation.server),
    ...(client < 0 ? {} : { client }),
    ...(transaction < 0 ? {} : { attempt, transaction }),
  };
  switch (observation.type) {
    case 'sent': {
      const { intendedAtUs, sentAtUs, retransmission } = observation;
      return { ...row, intendedAtUs: shown(intendedAtUs), sentAtUs: shown(sentAtUs), retransmission };
    }
    case 'timeout':
      return { ...row, timedOutAtUs: shown(observation.atUs) };
    case 'answer': {
      const { kind, answerIndex, leaseType, validLifetime, statusCode } = observation;
      const lease = leaseText(observation);
      return {
        ...row,
        receivedAtUs: shown(observation.receivedAtUs),
        fromServer: serverName(observation.fromServer),
        kind,
        answerIndex,
        leaseType,
        ...(lease === '' ? {} : { lease, validLifetime }),
        statusCode,
      };
    }
  }
}

/** Rounds to nanoseconds. Further digits are only artefacts of binary fractions. */
function shown(us: number): number {
  return Math.round(us * 1_000) / 1_000;
}

/** `192.0.2.7`, `2001:db8::1`, `2001:db8:7::/64`; empty for none. */
export function leaseText({ lease, leaseType, prefixLength }: Answer): string {
  if (lease.length === 0) return '';
  const address = lease.length === 4 ? formatIpv4(lease) : formatIpv6(lease);
  if (leaseType === 'address') return address;
  return `${address}/${prefixLength === UNKNOWN_PREFIX_LENGTH ? '?' : prefixLength}`;
}
