import { scenarioSchema } from '../scenario/schema.js';
import type { Result } from '../results/result.js';

/** A circumstance in which two runs differ. */
export interface Difference {
  /** Such as `kea.version`, `scenario.load.ratePerServer`. */
  what: string;
  run: string;
  baseline: string;
}

/**
 * Settings of a scenario that decide how a run is judged, reported or installed, but not what happens in it. Also
 * left out: settings such as the versions of Kea and of the database, whose actual values the servers and nodes report;
 * those are compared in the environment. Times and the seed are never compared.
 */
const WITHOUT_EFFECT: readonly (readonly string[])[] = [
  ['name'],
  ['description'],
  ['expect'],
  ['seed'],
  ['quick'],
  ['reports'],
  ['checks'],
  ['limits'],
  ['published'],
  ...['version', 'allocator', 'pdAllocator', 'offerLifetime', 'threads'].map((key) => ['kea', key]),
  ...['dhcp4', 'dhcp6', 'schema', 'haproxy', 'startTimeoutMs'].map((key) => ['kea', key]),
  ...['version', 'galeraVersion', 'startTimeoutMs', 'user'].map((key) => ['cluster', key]),
  ...['mariadbd', 'mariadb', 'wsrepProvider', 'percona'].map((key) => ['cluster', key]),
  ...['user', 'passwordEnvironment', 'tls', 'consent', 'leaseBudget', 'release'].map((key) => [
    'external',
    key,
  ]),
];

/** Ports of external servers and nodes. They are not compared, as a kept cluster gets new ports each time. */
const PORTS = new Set(['port', 'replyPort', 'control']);

/**
 * The circumstances that two comparable runs must share, each by its name: versions, settings, CPUs, and what the
 * scenario says about cluster, servers, cases and load. Defaults are filled in, so a key that a later version of this
 * program added makes no difference.
 */
export function circumstancesOf({
  environment,
  scenario,
  tool,
  source,
}: Pick<Result, 'environment' | 'scenario' | 'tool' | 'source'>): Map<string, string> {
  const { data = scenario.effective } = scenarioSchema.safeParse(scenario.effective);
  const found = new Map<string, string>([
    ['scenario', scenario.name],
    // Not the whole version: a change below the major version does not change what is counted.
    [`${tool.name} major version`, tool.version.split('.', 1)[0] ?? ''],
    ['recorded by', source === null ? 'this program' : source.kind],
  ]);
  if (environment !== null) {
    const { kea, database, proxy, cpus } = environment;
    add(found, 'kea', kea);
    add(found, 'database', database);
    add(found, 'proxy', proxy);
    found.set('cpus', String(cpus));
  }
  add(found, 'scenario', effectOf(data));
  return found;
}

/**
 * The differences between two runs, sorted by name; empty for comparable runs. A fact of the environment that only
 * one run records is no difference: an earlier version of this program may not have recorded it.
 */
export function differencesOf(run: Result, baseline: Result): Difference[] {
  const [here, there] = [circumstancesOf(run), circumstancesOf(baseline)];
  const isSetting = (what: string) => what.startsWith('scenario.');
  const isTold = (what: string) => here.has(what) && there.has(what);
  return [...new Set([...there.keys(), ...here.keys()])]
    .map((what) => ({ what, run: here.get(what) ?? 'not set', baseline: there.get(what) ?? 'not set' }))
    .filter(({ what, run: now, baseline: was }) => now !== was && (isSetting(what) || isTold(what)))
    .sort((a, b) => (a.what < b.what ? -1 : 1));
}

function effectOf(scenario: Readonly<Record<string, unknown>>): unknown {
  return without(scenario, []);
}

function without(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => without(entry, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const here = [...path, key];
      const isOut =
        WITHOUT_EFFECT.some((out) => out.join('.') === here.join('.')) ||
        (path[0] === 'external' && PORTS.has(key));
      return isOut ? [] : [[key, without(inner, here)]];
    }),
  );
}

/** Adds a mapping key by key. A list is one value. */
function add(found: Map<string, string>, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) add(found, `${name}.${key}`, inner);
  } else found.set(name, typeof value === 'string' ? value : JSON.stringify(value));
}
