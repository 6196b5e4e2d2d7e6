import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadScenario } from './load.js';
import { ScenarioError } from './language/problems.js';

const directory = mkdtempSync(join(tmpdir(), 'extends-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const mine = (text: string, name = 'mine') =>
  file(`${name}.yaml`, `name: ${name}\ndescription: mine\n${text}`);

function refusal(path: string, set: string[] = []): ScenarioError {
  try {
    loadScenario(path, { set });
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a scenario that builds on another one', () => {
  it('has everything of it, under its own name', () => {
    const base = loadScenario('published-galera').scenario;
    const { scenario } = loadScenario(mine('extends: published-galera'));
    expect(scenario).toEqual({ ...base, name: 'mine', description: 'mine' });
  });

  it('merges mappings, `quick` too, replaces lists and values, and removes with null', () => {
    const path = mine(
      'extends: published-galera\ncases: [dhcp4]\npublished: null\ncluster: { settings: { wsrep_sync_wait: 1 } }\nload: { clientsPerServer: 7 }\nquick: { load.clientsPerServer: 3 }',
    );
    const { scenario } = loadScenario(path);
    expect(scenario.cases).toEqual(['dhcp4']);
    expect(scenario.published).toBeUndefined();
    expect(scenario.cluster).toMatchObject({ flavor: 'galera', settings: { wsrep_sync_wait: 1 } });
    expect(scenario.load).toMatchObject({ clientsPerServer: 7, collectOffersMs: 20 });
    const quick = loadScenario(path, { quick: true }).scenario;
    expect(quick.load).toMatchObject({ clientsPerServer: 3, ratePerServer: 10 });
  });

  it('loses the quick settings of lists that it replaces, as they mean entries of the other list', () => {
    const checks = ['clientsWithLease >= 50%'];
    const path = mine(`extends: life\nchecks: ${JSON.stringify(checks)}\n`);
    expect(loadScenario(path, { quick: true }).scenario.checks).toHaveLength(1);
    expect(loadScenario('life', { quick: true }).scenario.checks.length).toBeGreaterThan(1);
  });

  it('may remove with a quick null what it has without quick', () => {
    const path = mine('extends: published-galera\nquick: { published: null }');
    expect(loadScenario(path).scenario.published).toBeDefined();
    expect(loadScenario(path, { quick: true }).scenario.published).toBeUndefined();
  });

  it('may build on a file beside it, which builds on another', () => {
    mkdirSync(join(directory, 'below'), { recursive: true });
    file(
      'below/first.yaml',
      'name: first\ndescription: first\nextends: ../second.yaml\nload: { timeoutMs: 1234 }',
    );
    mine('extends: staggered\nload: { clientsPerServer: 5 }', 'second');
    const { scenario, source } = loadScenario(mine('extends: below/first.yaml'));
    expect(scenario.load).toMatchObject({ timeoutMs: 1234, clientsPerServer: 5, arrival: 'staggered' });
    // What a run directory keeps is whole, and gives the same scenario.
    expect(source.text).not.toContain('extends:');
    expect(loadScenario(file('resolved.yaml', source.text)).scenario).toEqual(scenario);
  });

  it('is refused for a value of the other one where that wrote it, and for its own where it did', () => {
    mine('load:\n  clientsPerServer: 0', 'wrong');
    const inherited = refusal(mine('extends: wrong.yaml'));
    expect(inherited.location).toMatchObject({ file: join(directory, 'wrong.yaml'), line: 4 });
    const own = refusal(mine('extends: published-galera\nload:\n  clientsPerServer: 0'));
    expect(own.location).toMatchObject({ file: join(directory, 'mine.yaml'), line: 5, column: 21 });
    expect(own.problems).toHaveLength(1);
  });

  it('may be changed by --set, but for what it builds on', () => {
    const path = mine('extends: published-galera');
    expect(loadScenario(path, { set: ['load.clientsPerServer=9'] }).scenario.load.clientsPerServer).toBe(9);
    expect(refusal(path, ['extends=staggered']).message).toContain("extends can't be set");
  });
});

describe('what a scenario can’t build on', () => {
  it.each([
    ['itself', 'extends: mine.yaml', 'itself'],
    ['a suite', 'extends: stress', 'stress is a suite'],
    ['the file of a suite', 'extends: suite.yaml', 'suite.yaml is a suite'],
    ['a missing file', 'extends: ./no-such.yaml', 'there is no such file'],
    ['an unknown name', 'extends: published-galers', 'did you mean published-galera'],
    ['a number', 'extends: 3', 'must be text'],
  ])('%s is told at the key', (_, text, message) => {
    file(
      'suite.yaml',
      'name: suite\ndescription: s\nscenario: staggered\nruns: [{ name: a }]\nshow: [verdict]',
    );
    const error = refusal(mine(text));
    expect(error.message).toContain(message);
    expect(error.location).toMatchObject({ file: join(directory, 'mine.yaml'), line: 3 });
    expect(error.exitCode).toBe(64);
  });

  it('a circle is told where it closes', () => {
    mine('extends: c.yaml', 'b');
    mine('extends: a.yaml', 'c');
    const error = refusal(mine('extends: b.yaml', 'a'));
    expect(error.message).toContain('in a circle');
    expect(error.location).toMatchObject({ file: join(directory, 'c.yaml'), line: 3 });
  });
});
