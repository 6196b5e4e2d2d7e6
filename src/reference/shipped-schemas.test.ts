import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedSchemaProblems as problems } from '../../test/support/shipped-schema.js';
import { dhcp4AsPublished, dhcp6WithRefusals, resultOf } from '../report/report.test-support.js';

const CHECKOUT = new URL('../../', import.meta.url);
const SHIPPED = (['scenario', 'suite'] as const).flatMap((kind) =>
  readdirSync(new URL(`${kind}s/`, CHECKOUT)).map((name) => [kind, `${kind}s/${name}`] as const),
);
const MINIMAL = { name: 'mine', description: 'of my own' };

describe('the shipped JSON Schemas', () => {
  it.each(SHIPPED)('the %s schema accepts %s, by an independent validator', (kind, path) => {
    const text = readFileSync(new URL(path, CHECKOUT), 'utf8');
    expect(problems(kind, parse(text))).toEqual([]);
    expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=../schema/${kind}.schema.json`);
  });

  it('the schema of a result accepts a result', () => {
    const result: unknown = JSON.parse(JSON.stringify(resultOf([dhcp4AsPublished(), dhcp6WithRefusals()])));
    expect(problems('result', result)).toEqual([]);
    expect(problems('result', { ...(result as object), later: 'versions may add' })).toEqual([]);
  });

  it.each<[what: string, more: object, where: RegExp]>([
    ['an unknown key', { loads: {} }, /additional/],
    ['a rate of -1', { load: { ratePerServer: -1 } }, /^\/load\/ratePerServer .*> 0/],
    ['an unknown path of --set', { quick: { 'load.ratePerSever': 1 } }, /^\/quick .*additional/],
    [
      'a value that the path does not take',
      { quick: { 'load.arrival': 'alinged' } },
      /^\/quick\/load\.arrival/,
    ],
    ['an entry that the list does not take', { quick: { 'servers.0.node': 'one' } }, /servers\.0\.node/],
  ])('refuse in a scenario %s', (_, more, where) => {
    expect(problems('scenario', { ...MINIMAL, ...more })).toContainEqual(expect.stringMatching(where));
  });

  it.each<[string, object]>([
    ['a version of Kea without quotes', { kea: { version: 2.6 } }],
    ['what takes an optional key away', { quick: { published: null, 'kea.threads': 4 } }],
    ['an entry of a list, and a variable', { quick: { 'servers.0.node': 2, 'cluster.settings.WSREP_x': 4 } }],
    ['a part of a block', { quick: { load: { maxAttempts: 1 } } }],
  ])('take %s', (_, more) => expect(problems('scenario', { ...MINIMAL, ...more })).toEqual([]));

  it('the schema of a suite checks the settings in it', () => {
    const suite = { ...MINIMAL, scenario: 'staggered', show: ['verdict', { figure: 'kea', as: 'Kea' }] };
    const matrix = { 'kea.version': ['2.2', 2.6] };
    expect(problems('suite', { ...suite, set: { 'load.timeoutMs': 500 }, matrix })).toEqual([]);
    expect(problems('suite', { ...suite, matrix: { 'kea.version': [] } })).not.toEqual([]);
    expect(problems('suite', { ...suite, runs: [{ name: 'a', set: { 'kea.versoin': '2.2' } }] })).not.toEqual(
      [],
    );
  });
});
