/**
 * A scenario that runs for seconds: one node, one server, twenty clients. No limit depends on the clock, so that it
 * passes on any machine.
 */
export const SMALL_SCENARIO = `\
name: small
description: A short run for the tests
cluster:
  nodes: 1
  startTimeoutMs: 600000
  commitHistory: false
kea:
  startTimeoutMs: 600000
cases: [dhcp4]
load:
  ratePerServer: 10
  clientsPerServer: 20
  arrival: staggered
  timeoutMs: 20000
  maxAttempts: 100
  drainMs: 100
limits:
  minRatePercent: 0
  maxStartLatenessMs: 3600000
`;

/** `run small.yaml` with settings such as `{ 'cluster.nodes': 3 }`. */
export function smallRun(settings: Record<string, string | number> = {}, ...more: string[]): string[] {
  return ['run', 'small.yaml', ...setting(settings), ...more];
}

export function setting(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).flatMap(([path, value]) => ['--set', `${path}=${value}`]);
}

/** A load that does not end while a test goes on. */
export const ENDLESS = { 'load.clientsPerServer': 100_000 };

/** Limits that no busy machine reaches, for tests that are not about speed. */
export const NO_HURRY = { 'limits.maxStartLatenessMs': 3_600_000, 'limits.minRatePercent': 0 };

/** One database for all three servers: these tests are about Kea and the judgement, and not about replication. */
export const ONE_DATABASE = {
  'cluster.flavor': 'standalone',
  'cluster.nodes': 1,
  servers: '[{ node: 1 }, { node: 1 }, { node: 1 }]',
};
