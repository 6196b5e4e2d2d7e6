/** What a run was told to do, by dotted path. */
export type Settings = ReadonlyMap<string, string>;

interface Labelled {
  scenario: string;
  /** Undefined where no run told them. */
  settings: Settings | undefined;
  quick: boolean;
}

const SETTINGS_NAMED = 4;

/**
 * What tells each group from the others of its scenario, in few words: whether it is quick, where that is enough, else
 * the settings that differ.
 */
export function labelsOf(groups: readonly Labelled[]): string[] {
  return groups.map((group) => {
    const others = groups.filter((other) => other.scenario === group.scenario);
    const quick = group.quick ? '--quick' : '';
    if (others.length === 1) return quick;
    if (others.every((other) => other === group || other.quick !== group.quick))
      return quick === '' ? 'in full' : quick;
    return differing(group, others);
  });
}

function differing({ settings = new Map<string, string>() }: Labelled, others: readonly Labelled[]): string {
  const names = [...new Set(others.flatMap((other) => [...(other.settings?.keys() ?? [])]))].sort();
  const differ = names.filter(
    (name) => new Set(others.map((other) => other.settings?.get(name) ?? '')).size > 1,
  );
  const named = differ.slice(0, SETTINGS_NAMED).map((name) => `${name} ${settings.get(name) ?? 'not set'}`);
  const more = differ.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
