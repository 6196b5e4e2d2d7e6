/**
 * The cases and the phases of their exchanges, in order; see DESIGN's words. A scenario is checked before anything
 * is started, so this stands here and not with what drives the exchanges.
 */
export const PHASES_OF_CASE = {
  dhcp4: ['DISCOVER-OFFER', 'REQUEST-ACK'],
  'dhcp6-ia-na': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
  'dhcp6-ia-pd': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
  'dhcp6-ia-na-pd': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
} as const;

/** The exchange a case drives. */
export type CaseKind = keyof typeof PHASES_OF_CASE;

export const CASE_KINDS = Object.keys(PHASES_OF_CASE) as [CaseKind, ...CaseKind[]];

/** What is driven unless a scenario says otherwise: what the article did. */
export const DEFAULT_CASES: readonly CaseKind[] = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'];

/** Where servers take requests, and relays their answers: RFC 2131 section 4.1, RFC 8415 section 7.2. */
export const SERVER_PORT = {
  dhcp4: 67,
  'dhcp6-ia-na': 547,
  'dhcp6-ia-pd': 547,
  'dhcp6-ia-na-pd': 547,
} as const satisfies Record<CaseKind, number>;

/** What a client of a case asks for at once: each of these is a lease of its own. */
export const LEASES_A_CLIENT: Readonly<Record<CaseKind, number>> = {
  dhcp4: 1,
  'dhcp6-ia-na': 1,
  'dhcp6-ia-pd': 1,
  'dhcp6-ia-na-pd': 2,
};

/** What of `load` decides which phases there are. */
export interface PhaseDeciding {
  rapidCommit?: boolean;
}

const RAPID = ['SOLICIT-REPLY'] as const;

/**
 * The phases that every client of a case goes through under a load, in order. Where a server does not commit rapidly a
 * client goes on with a REQUEST.
 */
export function judgedPhasesOf(name: CaseKind, { rapidCommit = false }: PhaseDeciding) {
  return rapidCommit && name !== 'dhcp4' ? RAPID : PHASES_OF_CASE[name];
}

/** Every phase that some case may have, once. */
export const PHASE_NAMES: readonly string[] = [
  ...new Set<string>([...Object.values(PHASES_OF_CASE).flat(), ...RAPID]),
];
