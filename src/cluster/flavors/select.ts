import type { Scenario } from '../../scenario/schema.js';
import type { DatabaseFlavor } from './flavor.js';
import { GALERA } from './galera.js';
import { percona } from './percona.js';
import { ISOLATED, STANDALONE } from './plain.js';

const FLAVORS: Readonly<Record<Scenario['cluster']['flavor'], (serverVersion: string) => DatabaseFlavor>> = {
  galera: () => GALERA,
  percona,
  isolated: () => ISOLATED,
  standalone: () => STANDALONE,
};

/**
 * @param serverVersion of the server program, such as `8.0.36`
 * @throws HarnessError PREREQUISITE where the flavor can't be had of that version
 */
export function flavorOf(name: Scenario['cluster']['flavor'], serverVersion: string): DatabaseFlavor {
  return FLAVORS[name](serverVersion);
}
