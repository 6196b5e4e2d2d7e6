import type { Untold } from '../../results/registry/untold.js';
import type { Gap } from './gap.js';
import type { Layout, Observation } from '../observation.js';

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
