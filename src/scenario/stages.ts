import type { Scenario } from './schema.js';

type Load = Scenario['load'];
export type Stage = NonNullable<Load['stages']>[number];

/** The rates at which a stage begins and ends, in starts a second on each server. */
export function ratesOf({ ratePerServer }: Stage): readonly [number, number] {
  return typeof ratePerServer === 'number' ? [ratePerServer, ratePerServer] : ratePerServer;
}

/** How many clients a stage starts on each server: its mean rate times its duration. */
export function startsOf(stage: Stage): number {
  const [from, to] = ratesOf(stage);
  return ((from + to) / 2) * stage.seconds;
}

/** The clients of each server: those that the stages start, if there are stages. */
export function clientsOfServer({
  stages,
  clientsPerServer,
}: Pick<Load, 'stages' | 'clientsPerServer'>): number {
  if (stages === undefined) return clientsPerServer;
  const starts = stages.reduce((sum, stage) => sum + startsOf(stage), 0);
  // The sum may fall short of a whole number by rounding. It then counts as that number.
  return Math.max(1, Math.floor(starts + 1e-6));
}

/**
 * The clients of a case: the sum over the servers. With fanout `all` every server sees the same clients, so they
 * count once.
 */
export function clientsOfCase(
  load: Pick<Load, 'stages' | 'clientsPerServer' | 'fanout'>,
  servers: number,
): number {
  return clientsOfServer(load) * (load.fanout === 'all' ? 1 : servers);
}

/** The highest rate, in starts a second on each server. */
export function fastestOf({ stages, ratePerServer }: Pick<Load, 'stages' | 'ratePerServer'>): number {
  return Math.max(...(stages?.flatMap(ratesOf) ?? [ratePerServer]));
}
