import { traitsOf } from './flavors.js';
import type { Scenario } from './schema.js';

/**
 * Whether the nodes write binary logs from which the harness reads what became of each lease. By default they do where
 * the harness starts them, and where that was tried: with MariaDB.
 */
export function hasCommitHistory({
  commitHistory,
  provider,
  flavor,
}: Pick<Scenario['cluster'], 'commitHistory' | 'provider' | 'flavor'>): boolean {
  return commitHistory ?? (provider !== 'external' && traitsOf(flavor).product === 'mariadb');
}
