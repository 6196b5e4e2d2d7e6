import type { Flavor } from '../../scenario/flavors.js';
import { CIRCULAR } from './circular.js';
import type { DatabaseFlavor } from './flavor.js';
import { GALERA } from './galera.js';
import { percona, PERCONA_SETTINGS } from './percona.js';
import { ISOLATED, STANDALONE } from './plain.js';

interface Selected {
  in: (serverVersion: string) => DatabaseFlavor;
  settingsThatMatter: readonly string[];
}

const SELECTED: Readonly<Record<Flavor, Selected>> = {
  galera: inEveryVersion(GALERA),
  percona: { in: percona, settingsThatMatter: PERCONA_SETTINGS },
  circular: inEveryVersion(CIRCULAR),
  isolated: inEveryVersion(ISOLATED),
  standalone: inEveryVersion(STANDALONE),
};

function inEveryVersion(flavor: DatabaseFlavor): Selected {
  return { in: () => flavor, settingsThatMatter: flavor.settingsThatMatter };
}

/**
 * @param serverVersion the version of the server program, such as `8.0.36`
 * @throws HarnessError PREREQUISITE where the harness does not support the flavor in that version
 */
export function flavorOf(name: Flavor, serverVersion: string): DatabaseFlavor {
  return SELECTED[name].in(serverVersion);
}

/**
 * The server variables that matter for allocation, in a cluster that the harness does not start. Its servers may be
 * of any version.
 */
export function settingsThatMatter(name: Flavor): readonly string[] {
  return SELECTED[name].settingsThatMatter;
}
