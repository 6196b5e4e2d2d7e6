import { GIVING_BACK_PHASES } from '../../../protocol/phases.js';
import type { Observation } from '../../observation.js';
import type { PerfdhcpLog } from './log.js';
import { ALWAYS, CaseObservations, type Holding, type PerfdhcpCase } from './observations.js';

/**
 * When leases were held. A log does not tell it, so it is assumed. Mostly all leases count as held at the same time,
 * by clients of servers that ran side by side. That may be wrong if a log has releases or a file has several outputs.
 */

/** Length of a stretch of time. Leases count as held at the same time if they were given in the same stretch. */
const STRETCH_S = 10;

/** A rate of releases in a command line: `-F 10`, `-F10`, `-4F 10`. A rate of renewals, `-f`, gives nothing back. */
const RELEASES_ASKED = /(?:^|\s)-[a-zA-Z0-9]*F\s*[1-9]/;

/**
 * Whether clients gave leases back in this log, or may have. If the log has no statistics, only the command line
 * tells.
 */
export function hasReleases({ exchanges, command }: PerfdhcpLog): boolean {
  const all = [...exchanges];
  const released = all.filter(([phase]) => GIVING_BACK_PHASES.has(phase));
  if (released.length > 0) return released.some(([, { sent }]) => sent !== 0);
  return all.every(([, { sent }]) => sent === null) && RELEASES_ASKED.test(command);
}

/** All observations, as if all leases were held at the same time. */
export function* heldAtOnce(
  cases: readonly PerfdhcpCase[],
  prefixLength: number | undefined,
): Generator<Observation> {
  for (const [index, one] of cases.entries()) {
    yield* new CaseObservations(one, index, prefixLength).of(one.logs, () => ALWAYS);
  }
}

/** All observations, as if only those leases were held at the same time of which it is certain. */
export function* heldForCertain(
  cases: readonly PerfdhcpCase[],
  prefixLength: number | undefined,
): Generator<Observation> {
  let stretches = 0;
  const next = (): Holding => ({ atUs: STRETCH_S * 1e6 * stretches++, lifetimeS: STRETCH_S });
  const each = cases.map((one, index) => ({
    logs: one.logs,
    of: new CaseObservations(one, index, prefixLength),
  }));
  for (const { logs, of } of each) {
    for (const log of logs) {
      const whole = next();
      if (hasReleases(log)) yield* of.of([log], next);
      else if (log.isOneOfSeveral) yield* of.of([log], () => whole);
    }
  }
  const always = { ...ALWAYS, atUs: next().atUs };
  for (const { logs, of } of each) {
    const others = logs.filter((log) => !hasReleases(log) && !log.isOneOfSeveral);
    yield* of.of(others, () => always);
  }
}

/** A clause that says why it is uncertain which leases were held at the same time; undefined if it is certain. */
export function whyUncertain(cases: readonly PerfdhcpCase[]): string | undefined {
  const logs = cases.flatMap((one) => one.logs);
  const reasons = [
    ...(logs.some(hasReleases) ? ['the log does not show which of them were released in between'] : []),
    ...(logs.some(({ isOneOfSeveral }) => isOneOfSeveral)
      ? ['it is not known whether the outputs in one file ran at the same time']
      : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(', and ');
}
