import { distributionSources, readDistribution } from '../../packages/archive/distribution.js';
import { debianArchitecture } from '../../packages/archive/recipe.js';
import { runChild } from '../../packages/archive/child.js';
import { formatAptSources, readAptSources, type AptSource } from '../../packages/archive/sources.js';

/** How this machine fetches packages, as far as an image that is built here must do the same. */
export interface AptSettings {
  /** The suite's archives on the machine's own mirror. */
  sources: readonly AptSource[];
  /**
   * Options of apt-get that switch off the checks which the machine's apt goes without: some mirrors serve dated
   * lists.
   */
  options: string;
  /** The proxies, as Docker's own build arguments. They do not stay in the image. */
  proxies: Record<string, string>;
}

/**
 * Reads the machine's settings for one suite of its distribution.
 *
 * @throws HarnessError PREREQUISITE if apt's sources name no archive of the distribution
 */
export async function readAptSettings(suite: string): Promise<AptSettings> {
  const architecture = debianArchitecture();
  const sources = distributionSources(readAptSources(), readDistribution(), { suite, architecture });
  return { sources, ...(await readAptConfiguration()) };
}

/** Reads the settings that every build can follow, whatever the machine's distribution is. */
export async function readAptConfiguration(): Promise<Pick<AptSettings, 'options' | 'proxies'>> {
  const dump = await runChild('apt-config', ['dump']).catch(() => undefined);
  const value = (name: string) => new RegExp(`^${name} "(.*)";$`, 'm').exec(dump?.stdout ?? '')?.[1];
  const off = ['Acquire::Check-Date', 'Acquire::Check-Valid-Until'].filter((name) =>
    /^(no|false|0|off|without|disable)$/i.test(value(name) ?? ''),
  );
  const proxies = ['http', 'https'].flatMap((scheme): [string, string][] => {
    const proxy = process.env[`${scheme}_proxy`] ?? value(`Acquire::${scheme}::Proxy`);
    return proxy === undefined || proxy === '' || proxy === 'DIRECT' ? [] : [[`${scheme}_proxy`, proxy]];
  });
  const exempt = process.env['no_proxy'];
  if (proxies.length > 0 && exempt !== undefined) proxies.push(['no_proxy', exempt]);
  return {
    options: off.map((name) => `-o ${name}=false`).join(' '),
    proxies: Object.fromEntries(proxies),
  };
}

/**
 * The machine's mirror, as one `.sources` file, for an image that was pulled from a registry. Empty where the image
 * must use its own sources: the machine runs another distribution, or its mirror is signed with a key that the image
 * lacks.
 */
export function sourcesForPulledBase(suite: string): string {
  const machine = readDistribution();
  const all = readAptSources();
  if (machine.id !== 'debian' || all.length === 0) return '';
  const sources = distributionSources(all, machine, { suite, architecture: debianArchitecture() });
  const known = sources.filter(({ options }) => {
    const key = options['Signed-By'];
    return key === undefined || key.startsWith('/usr/share/keyrings/debian-archive-');
  });
  return known.length === 0 ? '' : formatAptSources(known);
}
