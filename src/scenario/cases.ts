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

/** What a client says of the lease it holds, by what it does, and how it asks another server. */
const DHCP4_HOLDING = {
  renew: 'RENEW-ACK',
  rebind: 'REBIND-ACK',
  release: 'RELEASE',
  decline: 'DECLINE',
  roamsBy: 'renew',
} as const;
/** A RENEW names its server; and a prefix is not declined (RFC 8415 section 18.2.8). */
const DHCP6_HOLDING = {
  renew: 'RENEW-REPLY',
  rebind: 'REBIND-REPLY',
  release: 'RELEASE-REPLY',
  decline: undefined,
  roamsBy: 'rebind',
} as const;
const HOLDING_OF_CASE = {
  dhcp4: DHCP4_HOLDING,
  'dhcp6-ia-na': { ...DHCP6_HOLDING, decline: 'DECLINE-REPLY' },
  'dhcp6-ia-pd': DHCP6_HOLDING,
  'dhcp6-ia-na-pd': DHCP6_HOLDING,
} as const satisfies Record<CaseKind, object>;

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
  fanout?: 'pinned' | 'all' | 'roam';
  life?:
    Partial<Record<`${'renew' | 'rebind' | 'release' | 'decline'}PerServer`, number | undefined>> | undefined;
}

const RAPID = ['SOLICIT-REPLY'] as const;

/**
 * The phases under a load that figures are made of, in order: what is given back is nothing to count. Where a server does
 * not commit rapidly a client goes on with a REQUEST.
 */
export function judgedPhasesOf(name: CaseKind, { rapidCommit = false, fanout, life }: PhaseDeciding) {
  const { renew, rebind, roamsBy } = HOLDING_OF_CASE[name];
  const roams = (by: typeof roamsBy): boolean => fanout === 'roam' && by === roamsBy;
  return [
    ...(rapidCommit && name !== 'dhcp4' ? RAPID : PHASES_OF_CASE[name]),
    ...(life?.renewPerServer !== undefined || roams('renew') ? [renew] : []),
    ...(life?.rebindPerServer !== undefined || roams('rebind') ? [rebind] : []),
  ];
}

/** All phases that the clients of a case go through under a load, in order. */
export function phasesOf(name: CaseKind, load: PhaseDeciding) {
  const { release, decline } = HOLDING_OF_CASE[name];
  return [
    ...judgedPhasesOf(name, load),
    ...(load.life?.releasePerServer === undefined ? [] : [release]),
    ...(load.life?.declinePerServer === undefined || decline === undefined ? [] : [decline]),
  ];
}

const RENEWING: readonly string[] = Object.values(HOLDING_OF_CASE).flatMap(({ renew, rebind }) => [
  renew,
  rebind,
]);

/** Whether in this phase a client asks for the lease that it holds. */
export function isRenewing(phase: string): boolean {
  return RENEWING.includes(phase);
}

/** Every phase that some case may have and that figures are made of, once. */
export const PHASE_NAMES: readonly string[] = [
  ...new Set<string>([...Object.values(PHASES_OF_CASE).flat(), ...RAPID, ...RENEWING]),
];
