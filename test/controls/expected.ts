import { EXIT } from '../../src/errors.js';
import { familyOf } from '../../src/protocol/cases.js';
import { phaseOfRequest } from '../../src/protocol/phases.js';
import type { Granted } from './control.js';
import type { ControlRun } from './control-run.js';
import type { Finding, Found, FoundWitness, RowOwner } from './found.js';
import type { Identity } from './wire/message.js';

export const NODES = ['node-1', 'node-2', 'node-3'] as const;

/**
 * The expected findings: those of a clean run, with the given changes. `checks` name checks of the run's case:
 * `audit.stored`.
 */
export function expected(
  { kind }: ControlRun,
  verdict: Found['verdict'],
  {
    failed = [],
    inconclusive = [],
    ofRun = [],
    ...rest
  }: Partial<Omit<Found, 'verdict' | 'exitCode' | 'checks'>> & {
    failed?: readonly string[];
    inconclusive?: readonly string[];
    /** Failed checks that belong to no case. */
    ofRun?: readonly string[];
  } = {},
): Found {
  const ofCase = (text: string) => text.replace(/^\S+/, (name) => `${name} ${kind}`);
  return {
    verdict,
    exitCode: EXIT[verdict],
    checks: [
      ...ofRun.map((name) => `fail ${name}`),
      ...failed.map((text) => `fail ${ofCase(text)}`),
      ...inconclusive.map((text) => `inconclusive ${ofCase(text)}`),
    ].sort(),
    witnesses: [],
    findings: [],
    strays: {},
    ...rest,
  };
}

/** The witness of two clients that held the first client's lease at the same time. */
export function heldTwice({ first, victim }: ControlRun): FoundWitness {
  return {
    kind: 'held-concurrently',
    phase: null,
    lease: first.lease,
    otherLease: null,
    holders: [holder(first), holder(victim)],
    rows: rowsOf(first),
  };
}

/** The witness of a single exchange of the victim in the committing phase. */
export function exchange(
  { kind, victim }: ControlRun,
  what: Omit<FoundWitness, 'phase' | 'holders'>,
): FoundWitness {
  return { ...what, phase: phaseOfRequest(familyOf(kind), 'request'), holders: [holder(victim)] };
}

/** The witness of a request of the victim that seems unanswered, although the server reports an answer. */
export function unanswered(run: ControlRun): FoundWitness {
  return exchange(run, { kind: 'unanswered', lease: '', otherLease: null, rows: [] });
}

export function holder({ message, server }: Granted): FoundWitness['holders'][number] {
  return { identity: message.identity, server };
}

/** A finding of the audit about an acknowledged lease; on every node unless `what` says otherwise. */
export function finding(
  kind: string,
  { message, server, lease }: Granted,
  what: Partial<Finding> & Pick<Finding, 'rows'>,
): Finding {
  return { kind, lease, identity: message.identity, server, nodes: NODES, ...what };
}

/** The row of a lease on each node: owned by this client, except on the nodes in `but`. */
export function rowsOf({ message }: Granted, but: Readonly<Record<string, string>> = {}): RowOwner[] {
  return NODES.map((node) => `${node}: ${but[node] ?? nameOf(message.identity)}`);
}

export const NO_ROWS: RowOwner[] = NODES.map((node) => `${node}: no row`);

function nameOf(identity: Identity): string {
  return 'duid' in identity ? identity.duid : identity.clientIdentifier;
}
