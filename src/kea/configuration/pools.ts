import type { CaseSubnet } from '../subnets.js';

/** Address pools, in either protocol. */
export function poolsOf(pool: CaseSubnet['pool']): object[] {
  return pool === undefined ? [] : [{ pool: `${pool.first} - ${pool.last}` }];
}
