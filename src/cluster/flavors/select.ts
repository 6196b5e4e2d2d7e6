import type { Scenario } from '../../scenario/schema.js';
import type { DatabaseFlavor } from './flavor.js';
import { GALERA } from './galera.js';
import { ISOLATED, STANDALONE } from './plain.js';

const FLAVORS: Readonly<Record<Scenario['cluster']['flavor'], DatabaseFlavor>> = {
  galera: GALERA,
  isolated: ISOLATED,
  standalone: STANDALONE,
};

export function flavorOf(name: Scenario['cluster']['flavor']): DatabaseFlavor {
  return FLAVORS[name];
}
