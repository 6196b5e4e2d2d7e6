import { HarnessError } from '../errors.js';
import type { Imported } from './imported.js';
import type { Observation } from './model.js';

/**
 * The same source with some of its cases alone. A name chooses the case that is called so, or else those whose kind or
 * network is called so, or whose kind begins so.
 * Errors: USAGE for a name that chooses none.
 *
 * @example
 * chosenCases(imported, ['dhcp6']); // dhcp6-ia-na, VLAN 7 dhcp6-ia-pd
 */
export function chosenCases(imported: Imported, names: readonly string[]): Imported {
  if (names.length === 0) return imported;
  const { cases } = imported.layout;
  const all = cases.map(({ name }) => name);
  const chosen = new Set(names.flatMap((name) => indexesOf(name, all)));
  const kept = [...cases.keys()].filter((index) => chosen.has(index));
  if (kept.length === all.length) return imported;
  const { observations, certain, identityOf, notes } = imported;
  const only = (every: () => Iterable<Observation>) => () => renumbered(every(), kept);
  const keptNames = kept.map((index) => all[index]).join(', ');
  return {
    ...imported,
    layout: { ...imported.layout, cases: kept.flatMap((index) => cases[index] ?? []) },
    observations: only(observations),
    ...(certain === undefined ? {} : { certain: { ...certain, observations: only(certain.observations) } }),
    identityOf: (caseIndex, client) => identityOf(kept[caseIndex] ?? -1, client),
    notes: [
      ...notes,
      `Of its cases ${all.join(', ')} these alone are judged (--case): ${keptNames}. Leases of the others are not looked at.`,
    ],
  };
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

function* renumbered(observations: Iterable<Observation>, kept: readonly number[]): Generator<Observation> {
  for (const observation of observations) {
    const caseIndex = kept.indexOf(observation.caseIndex);
    if (caseIndex >= 0) yield { ...observation, caseIndex };
  }
}
