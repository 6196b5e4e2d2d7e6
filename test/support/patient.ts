import type { Result } from '../../src/results/result.js';
import { NO_HURRY } from './small-scenario.js';

/** No limit depends on the clock. Clients go on asking for as long as it takes. */
export const PATIENT = {
  'cluster.startTimeoutMs': 600_000,
  'kea.startTimeoutMs': 600_000,
  'load.timeoutMs': 1_000,
  'load.maxAttempts': 1_000,
  ...NO_HURRY,
};

/** The leases that a server gave from the fault until the undoing was begun. */
export function leasesMeanwhile({ faults }: Result, server: string): number | undefined {
  return faults?.faults[0]?.servers.find((one) => one.server === server)?.leases;
}
