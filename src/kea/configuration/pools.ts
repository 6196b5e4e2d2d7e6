import type { CaseSubnet } from '../case-subnet.js';

/** The address pools of a subnet, in either protocol. */
export function poolsOf(pool: CaseSubnet['pool']): object[] {
  return pool === undefined ? [] : [{ pool: `${pool.first} - ${pool.last}` }];
}
