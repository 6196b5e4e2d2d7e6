import type { FigureComparison } from './comparison.js';

/** The words that the page of a run has for a figure. Figures that are not here have the same name there. */
const WORDS: Readonly<Record<string, string>> = {
  clientsWithLease: 'clients with a lease',
  heldConcurrently: 'held by two at once',
  overlappingLeases: "leases inside another client's prefix",
  'declines.reused': 'given again in probation',
  'renewals.notKept': 'renewals that cost the lease',
  'faults.minorityCommits': 'leases given without a quorum',
  'faults.lostLeases': 'leases lost',
  responses: 'leases at once',
  duplicateLeases: 'duplicate leases',
  'allAttempts.duplicateLeases': 'duplicate leases, all attempts',
  duplicatePercent: 'dup %',
  appearancePercent: 'app %',
  'refusals.servedLaterPercent': 'refused clients that got a lease later',
  secondLeases: 'second leases for one request',
  wrongClientLeases: 'leases with the identity of another client',
  wrongServerLeases: 'leases from another server than was asked',
  answered: 'answered in time',
  rate: 'rate achieved',
};

/** Such as `dup %`, `latency p99`, `audit: missing`. Files for programs keep the names of `result.json`. */
export function figureWords({ figure }: Pick<FigureComparison, 'figure'>): string {
  return WORDS[figure] ?? figure.replace(/^audit\./, 'audit: ').replace(/^latency\./, 'latency ');
}

/** The figure with its case and phase, such as `dhcp4 REQUEST-ACK latency p99`. */
export function placedFigure(one: Pick<FigureComparison, 'case' | 'phase' | 'figure'>): string {
  return [one.case, one.phase, figureWords(one)].filter((word) => word !== '').join(' ');
}
