import type { StartedServer } from '../kea/started-server.js';
import type { Counters } from './system.js';

/**
 * Reads Kea's statistics by name, the latest value of each (Kea manual, "The statistic-get-all Command": a list of
 * `[value, time]` pairs, the latest first). A statistic that is not a number is left out.
 */
export async function readServerStatistics(
  control: NonNullable<StartedServer['control']>,
): Promise<ServerStatistics> {
  const { result, text, arguments: statistics } = await control('statistic-get-all');
  if (result !== 0) throw new Error(`statistic-get-all: ${text ?? `result ${result}`}`);
  const samples = (statistics ?? {}) as StatisticSamples;
  return { counters: latestValues(samples), sentAt: latestSending(samples) };
}

type StatisticSamples = Readonly<Record<string, readonly (readonly unknown[])[]>>;

export interface ServerStatistics {
  counters: Counters;
  /** When the server counted the last message that it sent, by its own clock; undefined if it sent none. */
  sentAt: string | undefined;
}

/** The counters of all messages that a server sends (Kea manual, "Statistics in the DHCPv4/DHCPv6 Server"). */
const SENT = ['pkt4-sent', 'pkt6-sent'];

/** The local time beside the counter of sent messages, such as `2026-11-23 02:24:11.109139`. */
export function latestSending(statistics: StatisticSamples): string | undefined {
  const [time] = SENT.flatMap((name) => statistics[name]?.[0]?.[1] ?? []);
  return typeof time === 'string' ? time : undefined;
}

export function latestValues(statistics: StatisticSamples): Counters {
  return Object.fromEntries(
    Object.entries(statistics).flatMap(([name, samples]): [string, number][] => {
      const latest = samples[0]?.[0];
      return typeof latest === 'number' ? [[name, latest]] : [];
    }),
  );
}
