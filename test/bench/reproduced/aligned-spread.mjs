import { openJournal } from '../../../dist/observations/journal/journal.js';

/**
 * How far apart the first messages of one aligned moment left: from the first of a case's servers to the last,
 * milliseconds, over all moments of a run.
 */
export function alignedSpreadMs(journal) {
  const moments = new Map();
  for (const one of openJournal(journal).observations()) {
    if (one.type !== 'sent' || one.attempt > 1 || one.retransmission > 0) continue;
    if (one.phase !== 'DISCOVER-OFFER' && one.phase !== 'SOLICIT-ADVERTISE') continue;
    const key = `${one.caseIndex} ${one.intendedAtUs}`;
    const [first = Infinity, last = -Infinity] = moments.get(key) ?? [];
    moments.set(key, [Math.min(first, one.sentAtUs), Math.max(last, one.sentAtUs)]);
  }
  const spreads = [...moments.values()].map(([first, last]) => (last - first) / 1_000).sort((a, b) => a - b);
  const at = (share) => Number((spreads[Math.ceil(share * spreads.length) - 1] ?? 0).toFixed(3));
  return { moments: spreads.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
