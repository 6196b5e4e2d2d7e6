import { describe, expect, it } from 'vitest';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { KeaSettings } from '../configuration.js';
import { stepsOf } from './start-order.js';

type Plan = { settings: KeaSettings };
const plan = (settings: Partial<KeaSettings>): Plan => ({ settings: settings });

/** Walks through the steps, and notes what is done in each. */
async function walked(plans: readonly Plan[], wanted?: readonly string[]): Promise<string[]> {
  const done: string[] = [];
  const versions = {
    of: (settings: KeaSettings) =>
      new KeaVersion(wanted?.[plans.findIndex((one) => one.settings === settings)] ?? ''),
    upgradeTo: ({ text }: KeaVersion) => Promise.resolve(void done.push(`upgrade to ${text}`)),
  };
  for (const { those, afterUpgrade } of stepsOf(plans, wanted && versions)) {
    await afterUpgrade?.(new AbortController().signal);
    done.push(`start ${those.map((one) => plans.indexOf(one) + 1).join(', ')}`);
  }
  return done;
}

describe('servers start', () => {
  it('together where nothing keeps them apart', async () => {
    expect(await walked([plan({}), plan({ allocator: 'flq' }), plan({})])).toEqual(['start 1, 2, 3']);
    expect(await walked([plan({}), plan({})], ['3.0.4', '3.0.4'])).toEqual(['start 1, 2']);
  });

  it('the oldest version first, and each later one on its own lease schema', async () => {
    expect(
      await walked([plan({}), plan({}), plan({}), plan({})], ['3.0.4', '2.2.0', '2.6.3', '2.6.3']),
    ).toEqual(['start 2', 'upgrade to 2.6.3', 'start 3, 4', 'upgrade to 3.0.4', 'start 1']);
  });

  it('one after the other where all list the leases of a pool in one table', async () => {
    const shared = [plan({ pdAllocator: 'shared-flq' }), plan({ pdAllocator: 'shared-flq' })];
    expect(await walked(shared)).toEqual(['start 1', 'start 2']);
    expect(await walked(shared, ['3.2.0', '3.3.0'])).toEqual(['start 1', 'upgrade to 3.3.0', 'start 2']);
  });
});
