import type { LiveCount } from '../observations/journal/live-counts.js';

/**
 * One line for each case, within 80 columns, for people who watch the run. The last two figures are the leases
 * offered to several clients so far, and the leases committed to several clients so far.
 */
export function liveLines(counts: readonly LiveCount[], secondsLeft: number): string[] {
  const width = Math.max(...counts.map((count) => count.case.length));
  const left = secondsLeft > 0 ? `${Math.ceil(secondsLeft)} s left` : 'draining';
  return counts.map(
    ({ case: name, sent, answered, clientsWithLease, clients, duplicates }) =>
      `  ${name.padEnd(width)}  ${left}  ${sent} sent  ${answered} answered  ${clientsWithLease}/${clients} leased` +
      `  dup ${duplicates.offered}, ${duplicates.committed}`,
  );
}
