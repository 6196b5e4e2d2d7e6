import type { Scenario } from '../../scenario/schema.js';
import type { DatabaseFlavor } from './flavor.js';
import { GALERA } from './galera.js';
import { percona, PERCONA_SETTINGS } from './percona.js';
import { ISOLATED, STANDALONE } from './plain.js';

const FLAVORS: Readonly<Record<Scenario['cluster']['flavor'], (serverVersion: string) => DatabaseFlavor>> = {
  galera: () => GALERA,
  percona,
  isolated: () => ISOLATED,
  standalone: () => STANDALONE,
};

/**
 * @param serverVersion the version of the server program, such as `8.0.36`
 * @throws HarnessError PREREQUISITE where the harness does not support the flavor in that version
 */
export function flavorOf(name: Scenario['cluster']['flavor'], serverVersion: string): DatabaseFlavor {
  return FLAVORS[name](serverVersion);
}

/**
 * The server variables that matter for allocation, in a cluster that the harness does not start. Its servers may be
 * of any version.
 */
export function settingsThatMatter(name: Scenario['cluster']['flavor']): readonly string[] {
  return {
    galera: GALERA,
    percona: { settingsThatMatter: PERCONA_SETTINGS },
    isolated: ISOLATED,
    standalone: STANDALONE,
  }[name].settingsThatMatter;
}
