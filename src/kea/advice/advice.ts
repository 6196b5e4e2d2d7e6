/**
 * How far servers are from what is advised for servers that share a database. What is advised is the scenario `recommended`;
 * docs/settings.md has the measurements behind it.
 */
import { KeaVersion } from '../../packages/kea/kea-version.js';
import { loadScenario } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/schema.js';
import { subnetsIn, type Configured, type Settings } from '../allocation.js';

/** A server, as it answers on its control channel. */
export interface KeaFacts {
  /** The path or URL of its control channel; of two servers behind one channel, with the service. */
  name: string;
  family: 4 | 6;
  /** As `version-get` says: `2.6.3`. */
  version: string;
  /** Dhcp4 or Dhcp6, as `config-get` has it. */
  configuration: Configured;
}

/** One point in which a server is as advised, or is not. */
export interface Advice {
  server: string;
  /** Kea's own key, such as `allocator`, or `version`. */
  point: string;
  present: string;
  advised: string;
  meaning: string;
  weight: 'ok' | 'note';
}

type Advised = Scenario['kea'];

interface Point {
  name: string;
  families?: readonly (4 | 6)[];
  present: (server: KeaFacts) => string;
  advised: (kea: Advised) => string;
  isAdvised: (present: string, kea: Advised) => boolean;
  meaning: string;
}

/** ISC advises it for shared databases: earlier versions did not see that another server had changed a row meanwhile. */
const LEAST_VERSION = '2.6.2';
/** Kea's defaults for a database (Kea manual, "Lease Database Configuration"). */
const NO_TRIES = 0;
const DEFAULT_ON_FAIL = 'stop-retry-exit';

const POINTS: readonly Point[] = [
  {
    name: 'version',
    present: ({ version }) => version,
    advised: () => `${LEAST_VERSION} or later`,
    isAdvised: (present) => new KeaVersion(present).atLeast(LEAST_VERSION),
    meaning: 'ISC advises it for servers that share a database.',
  },
  {
    name: 'allocator',
    present: (server) => inSubnets(server, ({ allocator }) => allocator, 'iterative'),
    advised: ({ allocator }) => allocator ?? 'iterative',
    isAdvised: (present, { allocator }) => present === allocator,
    meaning:
      'iterative servers that are asked at the same moment pick the same lease, and all but one of these clients are refused or given another lease: of DHCPv4, random servers refused a fifth fewer clients at first; of DHCPv6 about as many.',
  },
  {
    name: 'pd-allocator',
    families: [6],
    present: (server) => inSubnets(server, (settings) => settings['pd-allocator'], 'iterative'),
    advised: ({ pdAllocator }) => pdAllocator ?? 'iterative',
    isAdvised: (present, { pdAllocator }) => present === pdAllocator,
    meaning: 'the same for prefixes.',
  },
  {
    name: 'cache-threshold',
    present: (server) =>
      inSubnets(
        server,
        (settings) => settings['cache-threshold'],
        new KeaVersion(server.version).atLeast('3.0') ? 0.25 : 0,
      ),
    advised: ({ cacheThreshold }) => String(cacheThreshold ?? 0),
    isAdvised: (present, { cacheThreshold }) => Number(present) === (cacheThreshold ?? 0),
    meaning:
      'a renewal in the first part of the lifetime writes nothing: it spares the database, and the database has another end of the lease than the client was told.',
  },
  {
    name: 'on-fail',
    present: ({ configuration }) => text(configuration['lease-database']?.['on-fail'] ?? DEFAULT_ON_FAIL),
    advised: ({ leaseDatabase }) => leaseDatabase?.onFail ?? DEFAULT_ON_FAIL,
    isAdvised: (present, { leaseDatabase }) => present === leaseDatabase?.onFail,
    meaning: 'a server that loses its node keeps running, and serves again when the node is back.',
  },
  {
    name: 'max-reconnect-tries',
    present: ({ configuration }) =>
      text(configuration['lease-database']?.['max-reconnect-tries'] ?? NO_TRIES),
    advised: () => '1 or more',
    isAdvised: (present) => Number(present) >= 1,
    meaning: 'without tries a server never connects again; recommended has 1000, half a second apart.',
  },
];

/** Compares a server with what is advised, point by point. */
export function adviceOn(server: KeaFacts, kea: Advised = recommended()): Advice[] {
  return POINTS.filter(({ families = [4, 6] }) => families.includes(server.family)).map((point) => {
    const present = point.present(server);
    return {
      server: server.name,
      point: point.name,
      present,
      advised: point.advised(kea),
      meaning: point.meaning,
      weight: point.isAdvised(present, kea) ? 'ok' : 'note',
    };
  });
}

function recommended(): Advised {
  return loadScenario('recommended').scenario.kea;
}

/** The value of a setting in all subnets, or in each where they differ. A subnet inherits what it does not state. */
function inSubnets(
  { family, configuration }: KeaFacts,
  valueIn: (settings: Settings) => string | number | undefined,
  byDefault: string | number,
): string {
  const everywhere = valueIn(configuration) ?? byDefault;
  const all = subnetsIn(configuration, family === 4 ? 'subnet4' : 'subnet6').map((subnet) => ({
    id: subnet.id,
    value: String(valueIn(subnet) ?? everywhere),
  }));
  const different = [...new Set(all.map(({ value }) => value))];
  if (different.length <= 1) return different[0] ?? String(everywhere);
  return all.map(({ id, value }) => `${value} in subnet ${id ?? 'without an id'}`).join(', ');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
