/**
 * The cases and the phases of their exchanges, in order. The check of a scenario needs them before anything is
 * started, so they stand here and not with the code that drives the exchanges.
 */
export const PHASES_OF_CASE = {
  dhcp4: ['DISCOVER-OFFER', 'REQUEST-ACK'],
  'dhcp6-ia-na': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
  'dhcp6-ia-pd': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
  'dhcp6-ia-na-pd': ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
} as const;

/**
 * The phase for each thing that a client can do with its lease, and which of them it uses when it asks another
 * server.
 */
const DHCP4_HOLDING = {
  renew: 'RENEW-ACK',
  rebind: 'REBIND-ACK',
  release: 'RELEASE',
  decline: 'DECLINE',
  roamsBy: 'renew',
} as const;
/**
 * A RENEW names its server, so a roaming client rebinds. Clients do not decline prefixes (RFC 8415 section 18.2.8).
 */
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

/** A case: the kind of exchange that clients drive. */
export type CaseKind = keyof typeof PHASES_OF_CASE;

export const CASE_KINDS = Object.keys(PHASES_OF_CASE) as [CaseKind, ...CaseKind[]];

/** The cases of a scenario that names none: those of the article. */
export const DEFAULT_CASES: readonly CaseKind[] = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'];

/** The port for requests to a server, and for its answers to a relay: RFC 2131 section 4.1, RFC 8415 section 7.2. */
export const SERVER_PORT = {
  dhcp4: 67,
  'dhcp6-ia-na': 547,
  'dhcp6-ia-pd': 547,
  'dhcp6-ia-na-pd': 547,
} as const satisfies Record<CaseKind, number>;

/** How many leases a client of a case asks for at once. */
export const LEASES_A_CLIENT: Readonly<Record<CaseKind, number>> = {
  dhcp4: 1,
  'dhcp6-ia-na': 1,
  'dhcp6-ia-pd': 1,
  'dhcp6-ia-na-pd': 2,
};

/** The keys of `load` that decide which phases there are. */
export interface PhaseDeciding {
  rapidCommit?: boolean;
  fanout?: 'pinned' | 'all' | 'roam';
  life?:
    Partial<Record<`${'renew' | 'rebind' | 'release' | 'decline'}PerServer`, number | undefined>> | undefined;
}

const RAPID = ['SOLICIT-REPLY'] as const;

/**
 * The phases under a load that have figures, in order. Phases that end a lease have none. With rapid commit, a client
 * whose server answers with an ADVERTISE goes on with a REQUEST.
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

/** Whether the client asks for the lease that it holds in this phase. */
export function isRenewing(phase: string): boolean {
  return RENEWING.includes(phase);
}

/** Every phase of any case that has figures, each once. */
export const PHASE_NAMES: readonly string[] = [
  ...new Set<string>([...Object.values(PHASES_OF_CASE).flat(), ...RAPID, ...RENEWING]),
];
