import type { Scenario, ScenarioServer } from '../../scenario/schema.js';
import type { Part } from './extra.js';

/** The settings of a server that affect allocation. */
export type KeaSettings = Pick<
  Scenario['kea'],
  | 'version'
  | 'allocator'
  | 'pdAllocator'
  | 'offerLifetime'
  | 'threads'
  | 'packetQueueSize'
  | 'cacheThreshold'
  | 'cacheMaxAge'
  | 'matchClientId'
  | 'reservedClients'
  | 'validLifetime'
  | 'preferredLifetime'
  | 'renewTimer'
  | 'rebindTimer'
  | 'declineProbationPeriod'
  | 'poolLeases'
  | 'expiredLeases'
  | 'leaseDatabase'
> &
  Partial<Pick<Scenario['load'], 'rapidCommit' | 'relays'>> & {
    /** Parts of Kea's configuration in the order in which they are merged, for servers of either protocol. */
    extra?: Readonly<Record<4 | 6, readonly Part[]>>;
  };

/** The settings of a scenario that configure a server; without one, those of all servers. */
export function settingsOf(
  { kea, load }: Pick<Scenario, 'kea' | 'load'>,
  { kea: own = {} }: Pick<ScenarioServer, 'kea'> = {},
): KeaSettings {
  const partsOf = (key: 'dhcp4Extra' | 'dhcp6Extra'): Part[] =>
    [kea.extra, kea[key], own.extra, own[key]].filter((part) => part !== undefined);
  return {
    ...kea,
    ...own,
    extra: { 4: partsOf('dhcp4Extra'), 6: partsOf('dhcp6Extra') },
    rapidCommit: load.rapidCommit,
    relays: load.relays,
  };
}
