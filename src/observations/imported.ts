import type { Gap } from './gap.js';
import type { Layout, Observation } from './model.js';

/** What somebody else recorded, in the form the judgement takes. */
export interface Imported {
  kind: 'perfdhcp' | 'capture';
  /** As they were named. */
  files: readonly string[];
  layout: Layout;
  /** One pass, in the order of the source; the same each time. */
  observations: () => Iterable<Observation>;
  /**
   * Present where the source does not tell which leases were held at the same time: then `observations` are as if all were,
   * and these as if only those were of which it is certain.
   */
  certain?: {
    observations: () => Iterable<Observation>;
    /** What leaves it open, a clause. */
    why: string;
  };
  /** What the source knows a client by; undefined for one that it does not name. Hexadecimal. */
  identityOf: (caseIndex: number, client: number) => ImportedIdentity | undefined;
  /** Where a client was heard, such as `VLAN 100`, where networks that were told apart count as one. */
  networkOf?: (caseIndex: number, client: number) => string | undefined;
  /** First and last message; null where the source has no times. */
  startedAt: Date | null;
  finishedAt: Date | null;
  untold: readonly Untold[];
  /** What of the source is not there, or could not be read: makes the verdict inconclusive at best. */
  missing: readonly string[];
  /** Of these, and of requests that could not be read, when they may have told of a lease's end; absent for none. */
  gaps?: readonly Gap[];
  /** How it was read, as far as a reader must know; sentences. */
  notes: readonly string[];
}

export type ImportedIdentity =
  | { clientIdentifier: string; hardwareAddress: string }
  | { duid: string; iaid: number }
  | { identifier: string };

/** What a source may not tell. The figures that rest on it are null. */
export type Untold = keyof typeof UNTOLD;

export const UNTOLD = {
  times: 'It tells no times: there is no latency and no schedule.',
  heldWhen:
    'It does not tell when leases were held: two clients with the same lease in a committing phase count as holding ' +
    'it at the same time.',
  intendedTimes:
    'It does not tell when messages should have left: latency counts from when they did, and there is no schedule.',
  timeouts:
    'It does not tell how long the clients waited: no answer counts as late, and a timeout is a request without ' +
    'any answer.',
  attempts: 'It does not tell attempts apart: all that it lists counts as first attempts.',
  requests: 'It has no count of what was sent: requests, and those without an answer, are not known.',
  naks: 'It does not show DHCPNAKs, which perfdhcp passes over: they are among the timeouts.',
  strayAnswers:
    'It shows neither extra, late nor malformed answers, nor those with the identity of another client.',
  drops: 'It does not tell whether datagrams were dropped at a socket.',
  prefixLengths:
    'It does not tell how long the prefixes are: overlapping ones are not looked for (--prefix-length tells it).',
  holders:
    'It does not tell in which order leases were given, or which were given back: who holds one at the end is not known.',
  furtherAssociations:
    'Of several identity associations in a message it lists the first of each kind alone: the leases of the others are ' +
    'not judged.',
} as const;
