import { familyOf } from '../../protocol/cases.js';
import type { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Finding } from '../../scenario/language/problems.js';
import { serversOf, type Scenario, type ScenarioServer } from '../../scenario/schema.js';
import { keaConfiguration, settingsOf } from '../configuration.js';
import { configurationText } from '../configuration/text.js';
import type { Part } from '../configuration/extra.js';
import { sharedSubnets } from '../subnets.js';
import { pathAt } from './place.js';

/** A Kea of one version that can be asked about configurations. */
export interface ConfigurationTest {
  version: KeaVersion;
  /** The directory of its hook libraries; if undefined, Kea looks in its own installation. */
  hooks: string | undefined;
  /** The directory for its files. */
  home: string;
  /** Runs `kea-dhcp4 -t` or `kea-dhcp6 -t` (Kea manual, "Starting and Stopping the DHCPv4 Server"). */
  run: (family: 4 | 6, configuration: string) => Promise<{ code: number | undefined; output: string }>;
}

/**
 * What Kea refuses of the configuration that a scenario states as `extra`. Nothing is asked where there is none: what
 * the harness generates is tested with every version.
 *
 * @param testOf the Kea of a server, by the version that the server wants
 */
export async function refusedByKea(
  scenario: Scenario,
  testOf: (version: string | undefined) => ConfigurationTest,
): Promise<Finding[]> {
  const servers = serversOf(scenario);
  const settings = servers.map((server) => settingsOf(scenario, server));
  const findings: Finding[] = [];
  for (const kind of scenario.cases) {
    const family = familyOf(kind);
    for (const [index, server] of servers.entries()) {
      const sources = sourcesOf(scenario, server, index, family);
      const its = settings[index];
      if (sources.length === 0 || its === undefined) continue;
      const { version, hooks, home, run } = testOf(its.version);
      const configuration = keaConfiguration({
        kind,
        version,
        settings: its,
        subnets: sharedSubnets(kind, settings),
        // The interfaces of a server are where it will run.
        listensOn: [],
        database: { host: '127.0.0.1', port: 3306, user: 'kea', password: '', database: 'kea' },
        controlSocket: `${home}/${kind}-${index + 1}.sock`,
        hooks,
        serverNumber: index + 1,
      });
      const text = configurationText(configuration, 2);
      const { code, output } = await run(family, text);
      if (code !== 0) findings.push(findingOf(text, output, sources, `Kea ${version.text}`));
    }
  }
  return findings.filter(
    ({ message }, index) => index === findings.findIndex((other) => other.message === message),
  );
}

/** A part of the configuration that a scenario states, and where. */
interface Source {
  path: Finding['path'];
  part: Part;
}

/** The parts in the order in which they are merged. */
function sourcesOf(
  { kea }: Pick<Scenario, 'kea'>,
  { kea: own = {} }: ScenarioServer,
  index: number,
  family: 4 | 6,
): Source[] {
  const keys = ['extra', family === 4 ? 'dhcp4Extra' : 'dhcp6Extra'] as const;
  const stated = (path: Finding['path'], block: Partial<Record<(typeof keys)[number], Part | undefined>>) =>
    keys.flatMap((key): Source[] => {
      const part = block[key];
      return part === undefined ? [] : [{ path: [...path, key], part }];
    });
  return [...stated(['kea'], kea), ...stated(['servers', index, 'kea'], own)];
}

/** Where Kea's messages name a place: `FILE:12:5` or `FILE:12.5-9`. */
const PLACE = /\(?[^\s():]*kea\.json:(\d+)[:.](\d+)(-\d+)?\)?:?\s*/;

function findingOf(text: string, output: string, sources: readonly Source[], kea: string): Finding {
  const said = wordsOf(output);
  const place = PLACE.exec(said);
  const path = place === null ? [] : pathAt(text, Number(place[1]), Number(place[2]));
  const configuration = JSON.parse(text) as Part;
  const candidates = sources.map((source) => ({ source, inside: pathIn(source.part, configuration, path) }));
  // A later part has replaced the same value of an earlier one.
  const best = candidates.reduce((one, other) => (other.inside.length >= one.inside.length ? other : one));
  const where = [...best.source.path, ...best.inside];
  return {
    path: where,
    at: best.inside.length === 0 ? 'value' : 'key',
    message: `${where.join('.')}: ${kea} refuses the configuration: ${said.replace(PLACE, '').trim()}`,
    hint: "Kea's manual has what it takes there; what Kea writes with hyphens has hyphens here too",
  };
}

/** As much of a path through the whole configuration as leads to something that the part states. */
function pathIn(part: Part, configuration: Part, path: readonly (string | number)[]): (string | number)[] {
  // The first key is Dhcp4 or Dhcp6.
  const [family = '', ...further] = path;
  const shared: (string | number)[] = [];
  let [stated, whole]: [unknown, unknown] = [part, configuration[family]];
  for (const segment of further) {
    if (typeof stated !== 'object' || stated === null) break;
    const inner = (whole as Record<string | number, unknown> | undefined)?.[segment];
    const own = Array.isArray(stated) && Array.isArray(whole) ? placeOf(inner, stated, whole) : segment;
    if (!Object.hasOwn(stated, own)) break;
    [stated, whole] = [(stated as Record<string | number, unknown>)[own], inner];
    shared.push(own);
  }
  return shared;
}

/** The index of an entry in the list that was merged into another one: added entries stand at the end. */
function placeOf(entry: unknown, stated: readonly unknown[], whole: readonly unknown[]): number {
  const same = stated.findIndex((one) => JSON.stringify(one) === JSON.stringify(entry));
  return same === -1 ? whole.indexOf(entry) - (whole.length - stated.length) : same;
}

/** Kea's own words, without what else it prints. */
function wordsOf(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.find((line) => /error/i.test(line)) ?? lines.findLast((line) => line !== '') ?? '';
  return told
    .replace(/^.*\b(ERROR|FATAL)\s+\[[^\]]*\]\s+\w+\s+/, '')
    .replace(/^(Error encountered|Configuration error|Syntax check failed with)[^:]*:\s*/i, '');
}
