import type { Scenario } from './schema.js';

type Load = Scenario['load'];
export type Stage = NonNullable<Load['stages']>[number];

/** The rate at which a stage begins and the one at which it ends, starts a second on each server. */
export function ratesOf({ ratePerServer }: Stage): readonly [number, number] {
  return typeof ratePerServer === 'number' ? [ratePerServer, ratePerServer] : ratePerServer;
}

/** How many clients a stage starts on each server: its mean rate for as long as it takes. */
export function startsOf(stage: Stage): number {
  const [from, to] = ratesOf(stage);
  return ((from + to) / 2) * stage.seconds;
}

/** The clients of each server: as many as the stages start where there are any. */
export function clientsOfServer({
  stages,
  clientsPerServer,
}: Pick<Load, 'stages' | 'clientsPerServer'>): number {
  if (stages === undefined) return clientsPerServer;
  const starts = stages.reduce((sum, stage) => sum + startsOf(stage), 0);
  // What is a whole number but for the rounding of the sum is one.
  return Math.max(1, Math.floor(starts + 1e-6));
}

/** The clients of a case: those of each server, which are the same ones where each asks all of them. */
export function clientsOfCase(
  load: Pick<Load, 'stages' | 'clientsPerServer' | 'fanout'>,
  servers: number,
): number {
  return clientsOfServer(load) * (load.fanout === 'all' ? 1 : servers);
}

/** Starts a second on each server at most. */
export function fastestOf({ stages, ratePerServer }: Pick<Load, 'stages' | 'ratePerServer'>): number {
  return Math.max(...(stages?.flatMap(ratesOf) ?? [ratePerServer]));
}
