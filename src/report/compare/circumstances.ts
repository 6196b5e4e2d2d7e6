import { scenarioSchema } from '../../scenario/schema.js';
import type { Result } from '../result.js';

/** One thing that was not the same when two runs were made. */
export interface Difference {
  /** `kea.version`, `scenario.load.ratePerServer` */
  what: string;
  run: string;
  baseline: string;
}

/**
 * Settings of a scenario that say how it is judged, told or installed, and not what happens. What the servers and nodes
 * say of themselves stands in the environment. Times and the seed are never compared.
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
  ...['dhcp4', 'dhcp6', 'schema', 'startTimeoutMs'].map((key) => ['kea', key]),
  ...['startTimeoutMs', 'user', 'mariadbd', 'mariadb', 'wsrepProvider', 'percona'].map((key) => [
    'cluster',
    key,
  ]),
  ...['user', 'passwordEnvironment', 'tls', 'consent', 'leaseBudget', 'release'].map((key) => [
    'external',
    key,
  ]),
];

/** Of someone else's servers and nodes: a kept cluster has others each time. */
const PORTS = new Set(['port', 'replyPort', 'control']);

/**
 * What must be the same for two runs to be comparable, each by its name: versions, settings, CPUs, and what the scenario
 * says about cluster, servers, cases and load. Defaults are filled in, so that a key which a later version of this program
 * has added makes no difference.
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
    // Before 1.0 the second number is the one that may change everything; it does not change what is counted.
    [`${tool.name} major version`, tool.version.split('.', 1)[0] ?? ''],
    ['recorded by', source === null ? 'this program' : source.kind],
  ]);
  if (environment !== null) {
    const { kea, database, cpus } = environment;
    add(found, 'kea', kea);
    add(found, 'database', database);
    found.set('cpus', String(cpus));
  }
  add(found, 'scenario', effectOf(data));
  return found;
}

/**
 * In the order of their names; empty for runs that can be compared. What only one of them tells of its environment, where
 * the other was made by a version of this program that did not look, is no difference.
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

/** Mappings key by key; a list is one value. */
function add(found: Map<string, string>, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) add(found, `${name}.${key}`, inner);
  } else found.set(name, typeof value === 'string' ? value : JSON.stringify(value));
}
