/**
 * The cases and the phases of their exchanges, in order; see DESIGN's words. A scenario is checked before anything
 * is started, so this stands here and not with what drives the exchanges.
 */
export const PHASES_OF_CASE = {
  dhcp4: ['DISCOVER-OFFER', 'REQUEST-ACK'],
  'dhcp6-ia-na': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
  'dhcp6-ia-pd': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
} as const;

/** The exchange a case drives. */
export type CaseKind = keyof typeof PHASES_OF_CASE;

export const CASE_KINDS = Object.keys(PHASES_OF_CASE) as [CaseKind, ...CaseKind[]];

/** Where servers take requests, and relays their answers: RFC 2131 section 4.1, RFC 8415 section 7.2. */
export const SERVER_PORT = { dhcp4: 67, 'dhcp6-ia-na': 547, 'dhcp6-ia-pd': 547 } as const satisfies Record<
  CaseKind,
  number
>;

/** Every phase that some case has, once. */
export const PHASE_NAMES: readonly string[] = [...new Set<string>(Object.values(PHASES_OF_CASE).flat())];
