import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findServerContradictions } from './server-contradictions.js';

function pathsOf(scenario: Record<string, unknown>): string[] {
  const parsed = scenarioSchema.parse({ name: 'one', description: 'made up', ...scenario });
  return findServerContradictions(parsed).map(({ path }) => path.join('.'));
}

const LATE = { node: 1, clockOffset: -2 };
const ELSEWHERE = { node: 1, timeZone: 'Asia/Tokyo' };
const FAULT = { fault: 'kill', on: 'node-1', at: 1, undo: 2 };

describe('servers that are set apart', () => {
  it.each([
    ['local', [], [LATE, ELSEWHERE], []],
    ['docker', [], [LATE, ELSEWHERE], ['servers.0.clockOffset']],
    ['local', [FAULT], [LATE, ELSEWHERE], ['servers.0.clockOffset', 'servers.1.timeZone']],
    ['local', [FAULT], [{ node: 1, environment: { A: 'b' } }], []],
  ])('by %s with %j: %j', (provider, faults, servers, expected) => {
    const some = faults.length === 0 ? {} : { faults };
    expect(pathsOf({ cluster: { provider }, servers, ...some })).toEqual(expected);
  });

  it('can have their retry repaired by the provider local alone', () => {
    const kea = { repairedRetry: true };
    expect(pathsOf({ kea })).toEqual([]);
    expect(pathsOf({ kea, cluster: { provider: 'docker' } })).toEqual(['kea.repairedRetry']);
  });

  it('have a time zone that is known, and no variable that the harness sets itself', () => {
    const refused = (server: Record<string, unknown>) =>
      !scenarioSchema.safeParse({ name: 'one', description: 'd', servers: [{ node: 1, ...server }] }).success;
    expect(refused({ timeZone: 'Mars/Base' })).toBe(true);
    expect(refused({ timeZone: 'Europe/Berlin' })).toBe(false);
    for (const name of ['TZ', 'PATH', 'KEA_LOCKFILE_DIR', 'FAKETIME', 'LD_PRELOAD', 'no name'])
      expect(refused({ environment: { [name]: 'x' } }), name).toBe(true);
    expect(refused({ environment: { LANG: 'C' } })).toBe(false);
  });
});
