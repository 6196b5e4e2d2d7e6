import { describe, expect, it } from 'vitest';
import { loadRequested } from '../../scenario/requested.js';
import { planSuite } from './planned-runs.js';

const requested = (...names: string[]) => names.map((name) => loadRequested(name, { set: [], quick: true }));
const plan = (names: string[], repeat = 1) => planSuite(requested(...names), 'suite', repeat);
const named = ({ runs }: ReturnType<typeof plan>) => runs.map(({ name }) => name);

describe('the runs of a suite', () => {
  it('are those of its file, in one table', () => {
    const { name, runs } = plan(['kea-versions']);
    expect([name, ...runs.map((run) => run.name)]).toEqual(['kea-versions', '2.2', '2.6', '3.0']);
    expect(new Set(runs.map(({ table }) => table)).size).toBe(1);
    expect(runs.map(({ column }) => column)).toEqual(['2.2', '2.6', '3.0']);
  });

  it('are the scenarios that are named, each with a directory of its own, without a table', () => {
    const planned = plan(['staggered', 'shared-database', 'staggered']);
    expect([planned.name, ...named(planned)]).toEqual([
      'suite',
      'staggered',
      'shared-database',
      'staggered-2',
    ]);
    expect(
      planned.runs.every(({ table, repetitionOf }) => table === undefined && repetitionOf === undefined),
    ).toBe(true);
  });

  it('are in several suites named after both', () => {
    expect(named(plan(['kea-versions', 'staggered']))).toEqual([
      'kea-versions-2.2',
      'kea-versions-2.6',
      'kea-versions-3.0',
      'staggered',
    ]);
  });

  it('are repetitions of one scenario, in a table of their own', () => {
    const { name, runs } = plan(['staggered'], 3);
    expect(name).toBe('staggered');
    expect(runs.map((run) => [run.name, run.repetitionOf, run.column])).toEqual([
      ['staggered-1', 'staggered', '1'],
      ['staggered-2', 'staggered', '2'],
      ['staggered-3', 'staggered', '3'],
    ]);
    const several = plan(['staggered', 'shared-database'], 2);
    expect(several.name).toBe('suite');
    expect(named(several)).toEqual(['staggered-1', 'staggered-2', 'shared-database-1', 'shared-database-2']);
    expect(new Set(several.runs.map(({ table }) => table)).size).toBe(2);
  });
});
