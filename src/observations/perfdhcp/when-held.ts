import { GIVING_BACK_PHASES } from '../../protocol/phases.js';
import { type Observation } from '../model.js';
import type { PerfdhcpLog } from './log.js';
import { ALWAYS, CaseObservations, type Holding, type PerfdhcpCase } from './observations.js';

/**
 * When leases were held, of which a log tells nothing. Mostly they are taken to be held at the same time, by clients of servers
 * that ran side by side. Where a log has releases, or a file several outputs, that may be wrong.
 */

/** Long enough that nothing ends within. */
const STRETCH_S = 10;

/** A rate of releases in a command line: `-F 10`, `-F10`, `-4F 10`. A rate of renewals, `-f`, gives nothing back. */
const RELEASES_ASKED = /(?:^|\s)-[a-zA-Z0-9]*F\s*[1-9]/;

/** Whether something was given back in it, or may have been. Where it has no statistics, its command line alone tells it. */
export function hasReleases({ exchanges, command }: PerfdhcpLog): boolean {
  const all = [...exchanges];
  const released = all.filter(([phase]) => GIVING_BACK_PHASES.has(phase));
  if (released.length > 0) return released.some(([, { sent }]) => sent !== 0);
  return all.every(([, { sent }]) => sent === null) && RELEASES_ASKED.test(command);
}

/** Everything as if all of it was held at the same time. */
export function* heldAtOnce(
  cases: readonly PerfdhcpCase[],
  prefixLength: number | undefined,
): Generator<Observation> {
  for (const [index, one] of cases.entries()) {
    yield* new CaseObservations(one, index, prefixLength).of(one.logs, () => ALWAYS);
  }
}

/** Everything as if only that was held at the same time of which it is certain. */
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

/** Why it is not certain which leases were held at the same time; undefined where it is. */
export function whyUncertain(cases: readonly PerfdhcpCase[]): string | undefined {
  const logs = cases.flatMap((one) => one.logs);
  const reasons = [
    ...(logs.some(hasReleases) ? ['the log does not show which of them were released in between'] : []),
    ...(logs.some(({ isOneOfSeveral }) => isOneOfSeveral)
      ? ['whether the outputs in one file ran at the same time is not known']
      : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(', and ');
}
