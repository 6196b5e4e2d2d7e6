/** The settings of a run, by dotted path. */
export type Settings = ReadonlyMap<string, string>;

interface Labelled {
  scenario: string;
  /** Undefined if no run of the group recorded its settings. */
  settings: Settings | undefined;
  /** What the newest run used where a setting leaves it to the installation, such as `kea.version` 2.6.3. */
  installed: Settings;
  quick: boolean;
}

const SETTINGS_NAMED = 4;

/**
 * A short label for each group that distinguishes it from other groups of its scenario. It says whether the runs are
 * quick, if that is enough, or else names the settings that differ.
 */
export function labelsOf(groups: readonly Labelled[]): string[] {
  const labels = groups.map((group) => {
    const others = groups.filter((other) => other.scenario === group.scenario);
    const quick = group.quick ? '--quick' : '';
    if (others.length === 1) return quick;
    if (others.every((other) => other === group || other.quick !== group.quick))
      return quick === '' ? 'in full' : quick;
    return differing(group, others);
  });
  const whole = groups.map(({ scenario }, index) => `${scenario}\n${labels[index] ?? ''}`);
  return distinct(whole, (name, number) => `${name}${name.endsWith('\n') ? '' : ' '}(${number})`).map(
    (name, index) => name.slice((groups[index]?.scenario.length ?? 0) + 1),
  );
}

/** Makes names distinct: a name that is already taken gets a number. */
export function distinct(
  names: readonly string[],
  again: (name: string, number: number) => string,
): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let one = name;
    for (let number = 2; taken.has(one); number++) one = again(name, number);
    taken.add(one);
    return one;
  });
}

function differing(
  { settings = new Map<string, string>(), installed }: Labelled,
  others: readonly Labelled[],
): string {
  const names = [...new Set(others.flatMap((other) => [...(other.settings?.keys() ?? [])]))].sort();
  const differ = names.filter(
    (name) => new Set(others.map((other) => other.settings?.get(name) ?? '')).size > 1,
  );
  const valueOf = (name: string): string => {
    const version = installed.get(name);
    return settings.get(name) ?? (version === undefined ? 'not set' : `the installed one (${version})`);
  };
  const named = differ.slice(0, SETTINGS_NAMED).map((name) => `${name} ${valueOf(name)}`);
  const more = differ.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
