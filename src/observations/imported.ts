import type { Gap } from './gap.js';
import type { Layout, Observation } from './model.js';

/** A recording of other programs, in the form that the judgement takes. */
export interface Imported {
  kind: 'perfdhcp' | 'capture';
  /** The paths as the user named them. */
  files: readonly string[];
  layout: Layout;
  /** One pass over the source, in its order. Each call gives the same observations. */
  observations: () => Iterable<Observation>;
  /**
   * Present if the source does not tell which leases were held at the same time. Then the outer `observations` assume
   * that all of them were, and the ones in `certain` assume it only for leases of which it is certain.
   */
  certain?: {
    observations: () => Iterable<Observation>;
    /** A clause that says why this is not known. */
    why: string;
  };
  /**
   * The identity by which the source knows a client, in hexadecimal; undefined for a client that the source does not
   * name.
   */
  identityOf: (caseIndex: number, client: number) => ImportedIdentity | undefined;
  /**
   * The VLAN in which a client was first heard, such as `VLAN 100`. It is told only if all VLANs count as one
   * network.
   */
  networkOf?: (caseIndex: number, client: number) => string | undefined;
  /** Times of the first and the last message; null if the source has no times. */
  startedAt: Date | null;
  finishedAt: Date | null;
  untold: readonly Untold[];
  /**
   * Parts of the source that are missing or could not be read. If there are any, the verdict is inconclusive at best.
   */
  missing: readonly string[];
  /**
   * The gaps in which a missing part, or a request that could not be read, may have told of a lease's end; absent for
   * none.
   */
  gaps?: readonly Gap[];
  /** How the source was read: sentences for the reader of the report. */
  notes: readonly string[];
}

export type ImportedIdentity =
  | { clientIdentifier: string; hardwareAddress: string }
  | { duid: string; iaid: number }
  | { identifier: string };

/** A fact that a source may not tell. The figures that depend on it are null. */
export type Untold = keyof typeof UNTOLD;

export const UNTOLD = {
  times: 'It tells no times: there is no latency and no schedule.',
  heldWhen:
    'It does not tell when leases were held: two clients with the same lease in a committing phase count as holding ' +
    'it at the same time.',
  intendedTimes:
    'It does not tell when messages should have been sent: latency counts from when they were sent, and there is no ' +
    'schedule.',
  timeouts:
    'It does not tell how long the clients waited: no answer counts as late, and a timeout is a request without ' +
    'any answer.',
  attempts: 'It does not tell attempts apart: all that it lists counts as first attempts.',
  requests: 'It does not tell how many requests were sent, or how many had no answer.',
  naks: 'It does not show DHCPNAKs, which perfdhcp passes over: they are among the timeouts.',
  strayAnswers:
    'It shows neither extra, late nor malformed answers, nor those with the identity of another client.',
  drops: 'It does not tell whether datagrams were dropped at a socket.',
  prefixLengths:
    'It does not tell how long the prefixes are, so overlaps are not looked for (--prefix-length gives the length).',
  holders:
    'It does not tell in which order leases were given, or which were given back: it is not known who holds a lease ' +
    'at the end.',
  furtherAssociations:
    'It lists only the first identity association of each kind in a message: leases of further ones are not judged.',
} as const;
