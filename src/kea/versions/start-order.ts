import type { KeaVersion } from '../../packages/kea/kea-version.js';
import { traitsOfAllocator } from '../../scenario/allocators.js';
import type { KeaSettings } from '../configuration.js';

/** How servers of several versions start on one lease schema. */
export interface ServerVersions {
  /** The version of Kea for what the settings of a server want. */
  of: (settings: KeaSettings) => KeaVersion;
  /** Makes the lease schema that of a later version, while servers of earlier versions run. */
  upgradeTo: (version: KeaVersion, signal: AbortSignal) => Promise<void>;
}

/** Servers that start together. */
export interface Step<Plan> {
  those: Plan[];
  /** Upgrades the lease schema before they start; absent where it is theirs already. */
  afterUpgrade?: (signal: AbortSignal) => Promise<void>;
}

/**
 * The servers in the order of a rolling upgrade: those of the oldest version first. Kea starts only on the schema of its
 * own version, so the schema is upgraded in between.
 *
 * @param versions absent where all servers have the same version
 */
export function stepsOf<Plan extends { settings: KeaSettings }>(
  plans: readonly Plan[],
  versions: ServerVersions | undefined,
): Step<Plan>[] {
  if (versions === undefined) return oneByOne(plans);
  const byVersion = new Map<string, { version: KeaVersion; those: Plan[] }>();
  for (const plan of plans) {
    const version = versions.of(plan.settings);
    const same = byVersion.get(version.text) ?? { version, those: [] };
    same.those.push(plan);
    byVersion.set(version.text, same);
  }
  return [...byVersion.values()]
    .sort(({ version: one }, { version: other }) => (one.atLeast(other.text) ? 1 : -1))
    .flatMap(({ those, version }, index) => {
      const [step, ...others] = oneByOne(those);
      if (index === 0 || step === undefined) return oneByOne(those);
      return [{ ...step, afterUpgrade: (signal) => versions.upgradeTo(version, signal) }, ...others];
    });
}

/**
 * A step for each server where all of them list the leases of their pools in one table: Kea 3.2.0 ends where another
 * server fills that table at the same time (docs/findings/shared-queue.md). Else one step for all.
 */
function oneByOne<Plan extends { settings: KeaSettings }>(plans: readonly Plan[]): Step<Plan>[] {
  const isShared = plans.some(({ settings: { allocator, pdAllocator } }) =>
    [allocator, pdAllocator].some((one) => traitsOfAllocator(one).byAllServers === true),
  );
  return isShared ? plans.map((plan) => ({ those: [plan] })) : [{ those: [...plans] }];
}
