import type { StartedServer } from '../kea/started-server.js';
import type { Counters } from './system.js';

/**
 * Reads Kea's statistics by name, the latest value of each (Kea manual, "The statistic-get-all Command": a list of
 * `[value, time]` pairs, the latest first). A statistic that is not a number is left out.
 */
export async function readServerStatistics(
  control: NonNullable<StartedServer['control']>,
): Promise<Counters> {
  const { result, text, arguments: statistics } = await control('statistic-get-all');
  if (result !== 0) throw new Error(`statistic-get-all: ${text ?? `result ${result}`}`);
  return latestValues((statistics ?? {}) as Record<string, readonly (readonly unknown[])[]>);
}

export function latestValues(
  statistics: Readonly<Record<string, readonly (readonly unknown[])[]>>,
): Counters {
  return Object.fromEntries(
    Object.entries(statistics).flatMap(([name, samples]): [string, number][] => {
      const latest = samples[0]?.[0];
      return typeof latest === 'number' ? [[name, latest]] : [];
    }),
  );
}
