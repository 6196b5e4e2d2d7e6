/**
 * The table of phases. A phase is a client's message and a server's answer to it; what a phase does to a lease follows from
 * these two. RFC 2131 section 3, RFC 8415 section 18; rapid commit in DHCPv4: RFC 4039; BOOTP: RFC 951.
 */

export type Family = 4 | 6;

/** A client's message that begins a transaction. A DHCPREQUEST counts by the client's state (RFC 2131 section 4.3.2). */
export type Request =
  | 'discover'
  | 'solicit'
  | 'request'
  | 'renew'
  | 'rebind'
  | 'reboot'
  | 'confirm'
  | 'release'
  | 'decline'
  | 'bootp';

/** A server's answer that is not a refusal. DHCPv4 servers answer neither a RELEASE nor a DECLINE: null. */
export type PositiveAnswer = 'offer' | 'advertise' | 'ack' | 'reply' | 'bootreply' | null;

interface PhaseEntry {
  readonly family: Family;
  readonly request: Request;
  readonly answer: PositiveAnswer;
}

/** The journal stores the number of a phase in this order: append only. */
const PHASE_TABLE = {
  'DISCOVER-OFFER': { family: 4, request: 'discover', answer: 'offer' },
  'REQUEST-ACK': { family: 4, request: 'request', answer: 'ack' },
  'SOLICIT-ADVERTISE': { family: 6, request: 'solicit', answer: 'advertise' },
  'REQUEST-REPLY': { family: 6, request: 'request', answer: 'reply' },
  'DISCOVER-ACK': { family: 4, request: 'discover', answer: 'ack' },
  'RENEW-ACK': { family: 4, request: 'renew', answer: 'ack' },
  RELEASE: { family: 4, request: 'release', answer: null },
  DECLINE: { family: 4, request: 'decline', answer: null },
  'SOLICIT-REPLY': { family: 6, request: 'solicit', answer: 'reply' },
  'RENEW-REPLY': { family: 6, request: 'renew', answer: 'reply' },
  'REBIND-REPLY': { family: 6, request: 'rebind', answer: 'reply' },
  'RELEASE-REPLY': { family: 6, request: 'release', answer: 'reply' },
  'DECLINE-REPLY': { family: 6, request: 'decline', answer: 'reply' },
  'REBIND-ACK': { family: 4, request: 'rebind', answer: 'ack' },
  'BOOTREQUEST-BOOTREPLY': { family: 4, request: 'bootp', answer: 'bootreply' },
  'REBOOT-ACK': { family: 4, request: 'reboot', answer: 'ack' },
  'CONFIRM-REPLY': { family: 6, request: 'confirm', answer: 'reply' },
} as const satisfies Record<string, PhaseEntry>;

export type Phase = keyof typeof PHASE_TABLE;

export const PHASES = Object.keys(PHASE_TABLE) as [Phase, ...Phase[]];

function phasesWhere(holds: (entry: PhaseEntry) => boolean): ReadonlySet<Phase> {
  return new Set(PHASES.filter((phase) => holds(PHASE_TABLE[phase])));
}

const isOffer = ({ answer }: PhaseEntry): boolean => answer === 'offer' || answer === 'advertise';
/** The answer to a CONFIRM says whether the addresses fit the link, and no more (RFC 8415 section 18.3.3). */
const isAboutLink = ({ request }: PhaseEntry): boolean => request === 'confirm';
const isGivingBack = ({ request }: PhaseEntry): boolean => request === 'release' || request === 'decline';

/** Phases whose answer offers a lease and commits nothing. */
export const OFFERING_PHASES = phasesWhere(isOffer);

/** Phases with which the exchange of a client without a lease starts. */
export const STARTING_PHASES = phasesWhere(({ request }) => request === 'discover' || request === 'solicit');

/** Phases of an exchange that leads a client to a lease. */
export const SEEKING_PHASES = new Set([
  ...STARTING_PHASES,
  ...phasesWhere(({ request }) => request === 'request'),
]);

/** Phases whose message gives the client's leases back when it is sent, whatever the answer. */
export const GIVING_BACK_PHASES = phasesWhere(isGivingBack);

/** Phases of which the message says that another machine uses the lease. */
export const DECLINING_PHASES = phasesWhere(({ request }) => request === 'decline');

/** The requests in the order of a client's life. */
const LIFE: readonly Request[] = [
  'discover',
  'solicit',
  'bootp',
  'request',
  'confirm',
  'reboot',
  'renew',
  'rebind',
  'decline',
  'release',
];

/** Compares phases for their order in a client's life. */
export function byLife(one: Phase, other: Phase): number {
  const place = (phase: Phase) => LIFE.indexOf(PHASE_TABLE[phase].request);
  return place(one) - place(other);
}

/** Phases without an answer (RFC 2131 sections 4.3.3 and 4.3.4). */
export const UNANSWERED_PHASES = phasesWhere(({ answer }) => answer === null);

/** Phases whose answer gives the client the lease. An answer of the kind `offer` does not. */
export const COMMITTING_PHASES = phasesWhere(
  (entry) => !isOffer(entry) && !isGivingBack(entry) && !isAboutLink(entry),
);

/** Committing phases in which a client asks for the lease that it holds. */
export const RENEWING_PHASES = phasesWhere(({ request }) => ['renew', 'rebind', 'reboot'].includes(request));

/**
 * Renewing phases of a client that boots again. A server that does not know its lease stays silent (RFC 2131 section 4.3.2), so
 * one that is not answered gives the client no other lease.
 */
export const REBOOT_PHASES = phasesWhere(({ request }) => request === 'reboot');

/**
 * Committing phases without an offer before them. Every server that gets the message may commit a lease of its own, of which
 * the client takes one (RFC 4039 section 3.1, RFC 8415 section 18.2.1, RFC 951 section 7.3).
 */
export const RAPID_PHASES = phasesWhere(
  (entry) => ['discover', 'solicit', 'bootp'].includes(entry.request) && !isOffer(entry),
);

export function familyOfPhase(phase: Phase): Family {
  return PHASE_TABLE[phase].family;
}

/** The family of a case, which has the phases of one family alone. */
export function familyOfPhases([first]: readonly Phase[]): Family {
  return first === undefined ? 4 : familyOfPhase(first);
}

/** By family and request: the phase without rapid commit, and with it. A capture asks for each of its messages. */
const BY_REQUEST = new Map<Family, Map<Request, { usual?: Phase; rapid?: Phase }>>([
  [4, new Map()],
  [6, new Map()],
]);
for (const phase of PHASES) {
  const { family, request } = PHASE_TABLE[phase];
  const known = BY_REQUEST.get(family)?.get(request);
  BY_REQUEST.get(family)?.set(request, { ...known, [RAPID_PHASES.has(phase) ? 'rapid' : 'usual']: phase });
}

/**
 * The phase that a request begins; with rapid commit the phase depends on the answer.
 *
 * @example
 * phaseOfRequest(6, 'solicit', true); // SOLICIT-REPLY
 */
export function phaseOfRequest(family: Family, request: Request, committedRapidly = false): Phase {
  const phases = BY_REQUEST.get(family)?.get(request);
  const phase = committedRapidly ? (phases?.rapid ?? phases?.usual) : (phases?.usual ?? phases?.rapid);
  if (phase === undefined) throw new Error(`DHCPv${family} has no ${request}`);
  return phase;
}

/** The phase that an answer without a captured request counts in: the usual one with such an answer. */
export function phaseOfAnswer(answer: PositiveAnswer): Phase {
  const phase = PHASES.find((one) => PHASE_TABLE[one].answer === answer);
  if (phase === undefined) throw new Error(`no phase has the answer ${answer}`);
  return phase;
}

/** The phases of a client without a lease, in order. */
export function firstPhasesOf(family: Family): readonly [Phase, Phase] {
  const [first, second] =
    family === 4 ? (['discover', 'request'] as const) : (['solicit', 'request'] as const);
  return [phaseOfRequest(family, first), phaseOfRequest(family, second)];
}

/** The phase of a client that is given its lease without an offer: RFC 4039, RFC 8415 section 18.2.1. */
export function rapidPhaseOf(family: Family): Phase {
  return phaseOfRequest(family, family === 4 ? 'discover' : 'solicit', true);
}
