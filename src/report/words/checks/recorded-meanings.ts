import type { CheckName } from '../../../results/check-names.js';

/** Where to look in a capture or a log of perfdhcp. These have no run directory, no page and no nodes. */
export interface RecordedMeaning {
  /** Where to look if the check fails; absent if it never fails. */
  readonly look?: string;
  /** Why the check may be inconclusive, and what would settle it; absent if it never is inconclusive. */
  readonly open?: string;
}

/** The checks that are made on recorded exchanges. */
export const RECORDED_MEANINGS: Readonly<Partial<Record<CheckName, RecordedMeaning>>> = {
  'conformance.heldConcurrently': {
    look: 'Each witness names the clients, the servers that gave them the lease, and since when they held it, as far as the source has times.',
    open: 'The source does not say which leases were released in between. A capture of the whole traffic does.',
  },
  'conformance.overlappingLeases': {
    look: 'Each witness names the two leases, their clients and the servers.',
    open: 'The source does not say how long the prefixes are, or which were released in between. For logs of perfdhcp, give the length with `--prefix-length`. In a capture, a server may be a router that leases out of its own prefix.',
  },
  'conformance.wrongClient': {
    look: 'Witnesses of the kind `wrong-client` name the lease, the server, and the client whose lease it gave away.',
  },
  'conformance.secondLease': {
    look: 'Witnesses of the kind `extra-answer` name both leases and the server.',
  },
  'conformance.declinedReused': {
    look: 'Witnesses of the kind `declined-reused` say who declined the lease and when, and who was given it.',
  },
  'conformance.leaseKept': {
    look: 'Witnesses of the kind `not-kept` say what the client held, and what it was given instead, if anything.',
    open: 'The source does not say which leases were released in between.',
  },
  'load.answered': {
    open: 'Some requests have no answer: `--verbose` shows requests and leases by server. A capture may lack answers that took another path; then capture on that path too.',
  },
  'load.committed': {
    open: 'Without a lease in an answer, finding no duplicates says nothing. Record where the answers pass, and until clients ask for a lease or renew theirs.',
  },
  'source.complete': {
    open: 'The check names what is missing. What was found counts; the missing part is unknown.',
  },
};
