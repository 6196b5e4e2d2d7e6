import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meaningOf, type Outcome } from '../../results/run-outcome.js';
import { resultOfDay } from '../../history/trend.test-support.js';
import { Interrupted, Interruption } from '../interruption.js';
import type { OneRun } from './suite.js';
import { REPLACED_FILE } from '../../store/stored-files.js';
import { directoryOfTry, lastOf, makeTries, refuseTakenDirectories, toldTries } from './tries.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tries-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const BROKEN = { case: '', phase: '', expected: '', actual: '', verdict: 'inconclusive' as const };

/** A run with this outcome. If it is not comparable, these premises were not kept. */
function runOf(outcome: Outcome, premises: readonly string[] = ['premise.cpu']): OneRun {
  const reproduction = {
    verdict: "can't tell" as const,
    reason: '',
    figures: [],
    premises: premises.map((name) => ({ ...BROKEN, name })),
  };
  const result = { ...resultOfDay({ day: 1 }), outcome, reproduction };
  return { result, outcome, exitCode: meaningOf(outcome).exitCode ?? 130 };
}

async function outcomesOf(of: readonly OneRun[], retries = 2, interruption = new Interruption()) {
  const tries = await makeTries({
    retries,
    interruption,
    say: () => undefined,
    make: (number) => {
      const one = of[number - 1];
      if (one === undefined) throw new Error(`try ${number} is one too many`);
      const directory = directoryOfTry(join(root, 'run'), number);
      mkdirSync(directory);
      return Promise.resolve({ ...one, directory });
    },
  });
  return tries.map(({ outcome }) => outcome);
}

describe('a run is made again', () => {
  it.each([['inconclusive'], ['not comparable']] as const)('where it is %s', async (open) => {
    expect(await outcomesOf([runOf(open), runOf('pass')])).toEqual([open, 'pass']);
  });

  it('as often as was asked for, and no more', async () => {
    const open = Array.from({ length: 3 }, () => runOf('inconclusive'));
    expect(await outcomesOf(open)).toHaveLength(3);
    rmSync(join(root, 'run'), { recursive: true });
    expect(await outcomesOf(open, 0)).toHaveLength(1);
  });

  it.each(['pass', 'fail', 'not reproduced', 'control held', 'control not held', 'skipped'] as const)(
    'but not where it is: %s, in the first try or a later one',
    async (outcome) => {
      expect(await outcomesOf([runOf(outcome)])).toHaveLength(1);
      rmSync(join(root, 'run'), { recursive: true });
      expect(await outcomesOf([runOf('inconclusive'), runOf(outcome)])).toEqual(['inconclusive', outcome]);
    },
  );

  it('not if it is another experiment than the article’s, unless its conformance is inconclusive', async () => {
    const other = ['premise.topology', 'premise.cpu'];
    expect(await outcomesOf([runOf('not comparable', other)])).toHaveLength(1);
    rmSync(join(root, 'run'), { recursive: true });
    expect(await outcomesOf([runOf('inconclusive', other), runOf('pass')])).toHaveLength(2);
  });

  it('not if a comparison found a regression, nor if it has no result', async () => {
    expect(await outcomesOf([{ ...runOf('not comparable'), exitCode: 3 }])).toHaveLength(1);
    rmSync(join(root, 'run'), { recursive: true });
    expect(await outcomesOf([{ result: undefined, outcome: 'could not be run', exitCode: 69 }])).toHaveLength(
      1,
    );
  });

  it('not after an interruption', async () => {
    const interruption = new Interruption();
    Object.defineProperty(interruption, 'interrupted', { value: new Interrupted('SIGINT') });
    expect(await outcomesOf([runOf('inconclusive')], 2, interruption)).toHaveLength(1);
  });
});

describe('of several tries', () => {
  it('the last counts, and each is listed with its directory', () => {
    const tries = [runOf('inconclusive'), runOf('pass')];
    expect(lastOf(tries).outcome).toBe('pass');
    expect(toldTries(tries, '/all/galera')).toMatchObject([
      { directory: 'galera', outcome: 'inconclusive', exitCode: 2 },
      { directory: 'galera-try-2', outcome: 'pass', exitCode: 0 },
    ]);
    expect(toldTries(tries.slice(1), '/all/galera')).toBeUndefined();
  });

  it('the replaced ones are marked, unless the last one has no result', async () => {
    const marked = () => ['run', 'run-try-2'].map((name) => existsSync(join(root, name, REPLACED_FILE)));
    await outcomesOf([runOf('inconclusive'), runOf('pass')]);
    expect(marked()).toEqual([true, false]);
    for (const name of ['run', 'run-try-2']) rmSync(join(root, name), { recursive: true });
    await outcomesOf([
      runOf('inconclusive'),
      { result: undefined, outcome: 'could not be run', exitCode: 69 },
    ]);
    expect(marked()).toEqual([false, false]);
  });
});

it('a directory that a further try would take is refused before the first', () => {
  const first = join(root, 'out');
  refuseTakenDirectories(first, 2);
  mkdirSync(`${first}-try-2`);
  refuseTakenDirectories(first, 2);
  writeFileSync(join(`${first}-try-2`, 'x'), '');
  expect(() => refuseTakenDirectories(first, 2)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  refuseTakenDirectories(first, 0);
});
