import type { LiveCount } from '../observations/live-counts.js';

/**
 * A line a case, for people who watch: within 80 columns, with the leases offered to several clients so far, then those
 * committed to several.
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
