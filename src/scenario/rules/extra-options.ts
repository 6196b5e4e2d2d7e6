import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';

type Kea = Scenario['kea'];
type Layer = readonly [path: Path, option: Readonly<Record<string, unknown>>];

/**
 * Options of which one layer states the code alone, and another one the name alone. They may be one option, of which the later
 * entry should replace the other one, and only Kea knows which names have which codes.
 */
export function mixedOptions(kea: Kea, servers: NonNullable<Scenario['servers']>): Finding[] {
  const findings = ([4, 6] as const).flatMap((family) => {
    const keys = ['extra', `dhcp${family}Extra`] as const;
    const common = keys.map((key) => optionsAt(['kea', key], kea[key]));
    const own = servers.map((server, index) =>
      keys.map((key) => optionsAt(['servers', index, 'kea', key], server.kea?.[key])),
    );
    return [common, ...own.map((layers) => [...common, ...layers])].flatMap(mixedIn);
  });
  return findings.filter(
    ({ message }, index) => index === findings.findIndex((other) => other.message === message),
  );
}

function optionsAt(path: Path, part: Readonly<Record<string, unknown>> | undefined): Layer[] {
  const list = part?.['option-data'];
  if (!Array.isArray(list)) return [];
  return list.map((option: unknown, index): Layer => [
    [...path, 'option-data', index],
    (option ?? {}) as Record<string, unknown>,
  ]);
}

function mixedIn(layers: readonly (readonly Layer[])[]): Finding[] {
  return layers.flatMap((later, index) =>
    later.flatMap(([path, option]): Finding[] => {
      const before = layers.slice(0, index).flat();
      const [other] = before.find(([, one]) => isUndecided(one, option)) ?? [];
      if (other === undefined) return [];
      const [has, lacks] = option['code'] === undefined ? ['name', 'code'] : ['code', 'name'];
      return [
        {
          path,
          related: [other],
          at: 'value',
          message: `${path.join('.')} has a ${has} and no ${lacks}, and ${other.join('.')} a ${lacks} and no ${has}: whether they are one option can't be told`,
          hint: 'state the code of both',
        },
      ];
    }),
  );
}

function isUndecided(one: Layer[1], other: Layer[1]): boolean {
  const isShared = (['code', 'name'] as const).some(
    (key) => one[key] !== undefined && other[key] !== undefined,
  );
  return !isShared && spaceOf(one) === spaceOf(other);
}

/** An option without a space is in that of its protocol (Kea manual, "Standard DHCPv4 Options"). */
export function spaceOf({ space }: Readonly<Record<string, unknown>>): unknown {
  return space === 'dhcp4' || space === 'dhcp6' ? undefined : space;
}
