/**
 * The table of cases. A case is one kind of exchange that a scenario may drive: the family of the protocol, and the identity
 * associations that a client asks for at once (RFC 8415 section 12). Leases, ports and phases follow from these.
 */
import type { LeaseType } from './leases.js';
import {
  firstPhasesOf,
  phaseOfRequest,
  rapidPhaseOf,
  RENEWING_PHASES,
  type Family,
  type Phase,
} from './phases.js';

/** An IA_NA holds an address, an IA_PD a prefix. */
export type AssociationKind = 'na' | 'pd';

interface CaseEntry {
  readonly family: Family;
  /** IA_NA first; empty in DHCPv4. */
  readonly associations: readonly AssociationKind[];
  readonly meaning: string;
}

const CASE_TABLE = {
  dhcp4: { family: 4, associations: [], meaning: 'an IPv4 address' },
  'dhcp6-ia-na': { family: 6, associations: ['na'], meaning: 'an IPv6 address' },
  'dhcp6-ia-pd': { family: 6, associations: ['pd'], meaning: 'a delegated prefix' },
  'dhcp6-ia-na-pd': {
    family: 6,
    associations: ['na', 'pd'],
    meaning: 'an IPv6 address and a delegated prefix in one message',
  },
} as const satisfies Record<string, CaseEntry>;

export type CaseKind = keyof typeof CASE_TABLE;

export const CASE_KINDS = Object.keys(CASE_TABLE) as [CaseKind, ...CaseKind[]];

/** The cases that a scenario drives unless it says otherwise: those of the article. */
export const DEFAULT_CASES: readonly CaseKind[] = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'];

/** What a client of a case asks for, for people. */
export function meaningOf(kind: CaseKind): string {
  return CASE_TABLE[kind].meaning;
}

export function familyOf(kind: CaseKind): Family {
  return CASE_TABLE[kind].family;
}

export function casesOfFamily(family: Family): CaseKind[] {
  return CASE_KINDS.filter((kind) => familyOf(kind) === family);
}

export function associationsOf(kind: CaseKind): readonly AssociationKind[] {
  return CASE_TABLE[kind].associations;
}

export function leaseTypeOf(association: AssociationKind): LeaseType {
  return association === 'na' ? 'address' : 'prefix';
}

/** The leases that a client of a case asks for at once, one of each type. */
export function leaseTypesOf(kind: CaseKind): readonly [LeaseType, ...LeaseType[]] {
  const [first, ...others] = associationsOf(kind).map(leaseTypeOf);
  return [first ?? 'address', ...others];
}

/** The kind of case of an exchange about these leases, which others recorded: an exchange that names no lease asks for an address. */
export function caseOfLeases(family: Family, types: Iterable<LeaseType>): CaseKind {
  const asked = new Set(types);
  if (asked.size === 0) asked.add('address');
  const kind = casesOfFamily(family).find((one) => {
    const its = leaseTypesOf(one);
    return family === 4 || (its.length === asked.size && its.every((type) => asked.has(type)));
  });
  if (kind === undefined) throw new Error(`DHCPv${family} has no case of ${[...asked].join(' and ')}`);
  return kind;
}

/** The port on which servers take requests, and relays the answers: RFC 2131 section 4.1, RFC 8415 section 7.2. */
export const SERVER_PORTS: Readonly<Record<Family, number>> = { 4: 67, 6: 547 };

/** The port on which clients take answers: RFC 2131 section 4.1, RFC 8415 section 7.2. */
export const CLIENT_PORTS: Readonly<Record<Family, number>> = { 4: 68, 6: 546 };

export function serverPortOf(kind: CaseKind): number {
  return SERVER_PORTS[familyOf(kind)];
}

/** The settings of `load` that decide which phases a case has. */
export interface PhaseDeciding {
  rapidCommit?: boolean;
  fanout?: 'pinned' | 'all' | 'roam';
  life?:
    | (Partial<
        Record<`${'renew' | 'rebind' | 'reboot' | 'release' | 'decline'}PerServer`, number | undefined>
      > & {
        renewAtT1?: boolean;
      })
    | undefined;
}

/**
 * How a client asks a server that did not give it its lease: a DHCPv4 client renews there, a DHCPv6 client rebinds, as its
 * RENEW names its server (RFC 8415 section 18.2.4).
 */
export function roamsBy(kind: CaseKind): 'renew' | 'rebind' {
  return familyOf(kind) === 4 ? 'renew' : 'rebind';
}

/**
 * What a client that boots again sends about the lease that it remembers: a DHCPv4 client a REQUEST in the state
 * INIT-REBOOT (RFC 2131 section 3.2), a DHCPv6 client with addresses a CONFIRM, one with a prefix a REBIND (RFC 8415
 * section 18.2.12).
 */
export function rebootsBy(kind: CaseKind): 'reboot' | 'confirm' | 'rebind' {
  if (familyOf(kind) === 4) return 'reboot';
  return leaseTypesOf(kind).includes('prefix') ? 'rebind' : 'confirm';
}

/** Whether clients of a case can decline: a prefix is not declined (RFC 8415 section 18.2.8). */
function declines(kind: CaseKind): boolean {
  return !leaseTypesOf(kind).includes('prefix');
}

/**
 * The phases of a case under a load of which there are figures, in order. A RELEASE, DECLINE or CONFIRM gives no lease, so
 * that there is nothing to count. Where a server does not commit rapidly, a client goes on with a REQUEST.
 */
export function judgedPhasesOf(
  kind: CaseKind,
  { rapidCommit = false, fanout, life }: PhaseDeciding,
): Phase[] {
  const family = familyOf(kind);
  const isTimed = life?.renewAtT1 === true;
  const isAsked = (by: 'renew' | 'rebind'): boolean => isTimed || life?.[`${by}PerServer`] !== undefined;
  const reboots = life?.rebootPerServer === undefined ? undefined : rebootsBy(kind);
  const roams = fanout === 'roam' ? roamsBy(kind) : undefined;
  return [
    ...(rapidCommit && family === 6 ? [rapidPhaseOf(family)] : firstPhasesOf(family)),
    ...(['renew', 'rebind', 'reboot'] as const)
      .filter((by) => by === reboots || by === roams || (by !== 'reboot' && isAsked(by)))
      .map((by) => phaseOfRequest(family, by)),
  ];
}

/** All phases that the clients of a case go through under a load, in order. */
export function phasesOf(kind: CaseKind, load: PhaseDeciding): Phase[] {
  const { releasePerServer, declinePerServer, rebootPerServer } = load.life ?? {};
  return [
    ...judgedPhasesOf(kind, load),
    ...(rebootPerServer !== undefined && rebootsBy(kind) === 'confirm' ? [phaseOfRequest(6, 'confirm')] : []),
    ...(releasePerServer === undefined ? [] : [phaseOfRequest(familyOf(kind), 'release')]),
    ...(declinePerServer === undefined || !declines(kind) ? [] : [phaseOfRequest(familyOf(kind), 'decline')]),
  ];
}

/** Every phase that some case may have and of which there are figures, once each. */
export const JUDGED_PHASES: readonly Phase[] = [
  ...new Set([
    ...CASE_KINDS.flatMap((kind) => firstPhasesOf(familyOf(kind))),
    rapidPhaseOf(6),
    ...RENEWING_PHASES,
  ]),
];
