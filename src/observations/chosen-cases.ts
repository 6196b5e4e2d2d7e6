import { HarnessError } from '../errors.js';

/**
 * Which cases a user means: a name chooses the case that is called so, or else those whose kind or network is called so, or
 * whose kind begins so; no name, all of them.
 * Errors: USAGE for a name that chooses none.
 *
 * @param all the cases that there are
 * @returns in their order
 * @example
 * chosenCases(['dhcp4', 'dhcp6-ia-na', 'VLAN 7 dhcp6-ia-pd'], ['dhcp6']); // dhcp6-ia-na, VLAN 7 dhcp6-ia-pd
 */
export function chosenCases(all: readonly string[], names: readonly string[]): readonly string[] {
  if (names.length === 0) return all;
  const chosen = new Set(names.flatMap((name) => indexesOf(name, all)));
  return all.filter((_, index) => chosen.has(index));
}

function indexesOf(name: string, all: readonly string[]): number[] {
  const tests: ((one: string) => boolean)[] = [
    (one) => one === name,
    (one) => kindOf(one) === name || one === `${name} ${kindOf(one)}`,
    (one) => kindOf(one).startsWith(`${name}-`),
  ];
  for (const isMeant of tests) {
    const found = [...all.keys()].filter((index) => isMeant(all[index] ?? ''));
    if (found.length > 0) return found;
  }
  throw new HarnessError('USAGE', `--case ${name}: there is no such case`, {
    hint: `there ${all.length === 1 ? 'is' : 'are'} ${all.join(', ')}`,
  });
}

/** `dhcp4` of `VLAN 100 dhcp4` */
function kindOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
