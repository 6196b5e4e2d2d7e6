import { HarnessError } from '../../errors.js';

/**
 * The cases that the user's names choose. A name chooses the case with exactly this name. If there is none, it
 * chooses the cases whose kind or network has this name. If there are none, it chooses the cases whose kind begins
 * with this name and a hyphen. Without names, all cases are chosen.
 * Errors: USAGE for a name that chooses no case.
 *
 * @param all the names of all cases
 * @returns the chosen names, in the order of `all`
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

/** The kind is the last word: `dhcp4` in `VLAN 100 dhcp4`. */
function kindOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
