import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readScenarioText, scenarioNames, suiteFile, suiteNames } from '../catalogue.js';
import { ScenarioError } from '../language/problems.js';
import { loadRequested } from '../requested.js';
import { loadSuiteText, type LoadedSuite } from './load.js';

const directory = mkdtempSync(join(tmpdir(), 'suite-'));
afterAll(() => rmSync(directory, { recursive: true }));

const HEAD = 'name: mine\ndescription: mine\nscenario: published-galera\nshow: [verdict]\n';

function load(text: string, { set = [] as string[], quick = false } = {}): LoadedSuite {
  const path = join(directory, 'mine.yaml');
  writeFileSync(path, text);
  const requested = loadRequested(path, { set, quick });
  if (requested.kind !== 'suite') throw new Error('was taken for a scenario');
  return requested.suite;
}

function refusal(text: string, set: string[] = []): ScenarioError {
  try {
    load(text, { set });
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('the suites of the package', () => {
  it('have other names than the scenarios, as one word calls both', () => {
    expect(suiteNames().filter((name) => scenarioNames().includes(name))).toEqual([]);
  });

  it.each(suiteNames())('%s loads, with and without quick, under its own name', (name) => {
    for (const quick of [false, true]) {
      const file = suiteFile(name);
      const suite = loadSuiteText(file, readScenarioText(file), { set: [], quick });
      expect(suite.name).toBe(name);
      expect(suite.description).toMatch(/^.{10,100}$/);
    }
  });

  it('faults has a run of each scenario with faults', () => {
    const requested = loadRequested('faults', { set: ['cluster.provider=docker'], quick: true });
    if (requested.kind !== 'suite') throw new Error('no suite');
    const { runs, runsAreRows } = requested.suite;
    expect(runsAreRows).toBe(true);
    const names = runs.map(({ loaded }) => loaded.scenario.name);
    expect(names).toContain('node-crash');
    expect(names).toContain('flush-control');
    for (const { loaded } of runs) {
      expect(loaded.scenario.faults?.length).toBeGreaterThan(0);
      expect(loaded.scenario.cluster.provider).toBe('docker');
    }
  });

  it('faults leaves out what needs links between machines where there are none, and says so', () => {
    const loaded = (set: string[]) => {
      const requested = loadRequested('faults', { set, quick: true });
      if (requested.kind !== 'suite') throw new Error('no suite');
      return requested.suite;
    };
    const all = loaded(['cluster.provider=local']);
    expect(all.leftOut).toEqual([]);
    const inContainers = loaded(['cluster.provider=docker']);
    expect(inContainers.leftOut).toContain('split-brain');
    expect(inContainers.runs.length + inContainers.leftOut.length).toBe(all.runs.length);
  });

  it.each([
    'database-versions cluster.version=11.8',
    'threads kea.threads=2',
    'allocators kea.allocator=random',
  ])('no setting makes runs equal whose names say that they differ: %s', (words) => {
    const [name = '', setting = ''] = words.split(' ');
    expect(() => loadRequested(name, { set: [setting], quick: true })).toThrow(/would belie their names/);
  });

  it('a setting that one run alone has may be overridden', () => {
    const requested = loadRequested('allocators', { set: ['cases=[dhcp4]'], quick: true });
    expect(requested.kind === 'suite' && requested.suite.runs.length).toBe(3);
  });

  it('the runs of kea-versions differ in the version only', () => {
    const requested = loadRequested('kea-versions', { set: [], quick: false });
    if (requested.kind !== 'suite') throw new Error('no suite');
    const [first, ...others] = requested.suite.runs.map(({ loaded }) => loaded.scenario);
    expect(requested.suite.runs.map(({ loaded }) => loaded.scenario.kea.version)).toEqual([
      '2.2',
      '2.6',
      '3.0',
    ]);
    for (const other of others) expect({ ...other, kea: first?.kea }).toEqual(first);
  });

  it('allocators compares no run with the published figures, also with --quick', () => {
    for (const quick of [false, true]) {
      const requested = loadRequested('allocators', { set: [], quick });
      if (requested.kind !== 'suite') throw new Error('no suite');
      for (const { loaded } of requested.suite.runs) expect(loaded.scenario.published).toBeUndefined();
    }
  });
});

describe('the runs of a suite', () => {
  it('are the scenario with what the suite changes, then the run, then --set', () => {
    const text = `${HEAD}set: {load.ratePerServer: 2, load.timeoutMs: 2}\nruns: [{name: a}, {name: b, set: {load.timeoutMs: 3}}]`;
    const rates = (suite: LoadedSuite) =>
      suite.runs.map(({ name, loaded: { scenario } }) => [
        name,
        scenario.load.ratePerServer,
        scenario.load.timeoutMs,
      ]);
    expect(rates(load(text))).toEqual([
      ['a', 2, 2],
      ['b', 2, 3],
    ]);
    expect(rates(load(text, { quick: true, set: ['load.timeoutMs=4'] }))).toEqual([
      ['a', 2, 4],
      ['b', 2, 4],
    ]);
  });

  it('are one for each case, in the same column, with oneCaseAtATime', () => {
    const text = `${HEAD}oneCaseAtATime: true\nset: {cases: [dhcp4, dhcp6-ia-pd]}\nruns: [{name: a}, {name: b, set: {cases: [dhcp6-ia-na]}}]`;
    const told = (suite: LoadedSuite) =>
      suite.runs.map(({ name, column, onlyCase, loaded }) => [name, column, onlyCase, loaded.scenario.cases]);
    expect(told(load(text))).toEqual([
      ['a-dhcp4', 'a', 'dhcp4', ['dhcp4']],
      ['a-dhcp6-ia-pd', 'a', 'dhcp6-ia-pd', ['dhcp6-ia-pd']],
      ['b-dhcp6-ia-na', 'b', 'dhcp6-ia-na', ['dhcp6-ia-na']],
    ]);
    expect(told(load(text, { set: ['cases=[dhcp4]'] })).map(([name]) => name)).toEqual([
      'a-dhcp4',
      'b-dhcp4',
    ]);
  });

  it('are the combinations of a matrix', () => {
    const { runs } = load(
      `${HEAD}matrix:\n  load.ratePerServer: [1, 2.5]\n  cases: [[dhcp4], [dhcp6-ia-na, dhcp6-ia-pd]]`,
    );
    expect(
      runs.map(({ name, loaded: { scenario } }) => [name, scenario.load.ratePerServer, scenario.cases]),
    ).toEqual([
      ['1-dhcp4', 1, ['dhcp4']],
      ['1-dhcp6-ia-na-dhcp6-ia-pd', 1, ['dhcp6-ia-na', 'dhcp6-ia-pd']],
      ['2.5-dhcp4', 2.5, ['dhcp4']],
      ['2.5-dhcp6-ia-na-dhcp6-ia-pd', 2.5, ['dhcp6-ia-na', 'dhcp6-ia-pd']],
    ]);
  });

  it('may be of a scenario file beside the suite', () => {
    writeFileSync(join(directory, 'beside.yaml'), 'name: beside\ndescription: beside\n');
    const text = HEAD.replace('published-galera', './beside.yaml') + 'runs: [{name: a}]';
    expect(load(text).runs[0]?.loaded.scenario.name).toBe('beside');
  });

  it('leave out an optional key that is null', () => {
    const { runs } = load(`${HEAD}set: {published: null}\nruns: [{name: a}]`, { quick: true });
    expect(runs[0]?.loaded.scenario).not.toHaveProperty('published');
  });
});

describe('what is wrong in a suite is told with its place', () => {
  it.each([
    ['an unknown key', `${HEAD}rnus: []\nruns: [{name: a}]`, 5, /rnus is not a key here; did you mean runs/],
    ['a name for two', `${HEAD}runs: [{name: a}, {name: a}]`, 5, /two runs would be called a/],
    ['runs and a matrix', `${HEAD}runs: [{name: a}]\nmatrix: {seed: [1]}`, 6, /not both/],
    [
      'a matrix of too many runs',
      `${HEAD}matrix:\n  seed: ${JSON.stringify(Array.from({ length: 1_000 }, (_, i) => i))}\n  load.ratePerServer: [${'1, '.repeat(1_000)}]`,
      5,
      /matrix makes 1000000 runs \(1000 × 1000\), and a suite has at most 100/,
    ],
    [
      'a matrix of more runs than there are numbers',
      `${HEAD}matrix: {${Array.from({ length: 400 }, (_, i) => `k${i}: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]`).join(', ')}}`,
      5,
      /matrix makes more runs than can be counted, and a suite has at most 100/,
    ],
    [
      'a run without a scenario',
      `${HEAD.replace('scenario: published-galera\n', '')}runs: [{name: a, scenario: roam}, {name: b}]`,
      4,
      /the run b has no scenario/,
    ],
    ['no runs', `${HEAD}runs: []`, 5, /runs must have at least 1 entry/],
    ['a name that is a number', `${HEAD}runs: [{name: 2.2}]`, 5, /runs\.0\.name must be text/],
    [
      'a path that names nothing',
      `${HEAD}runs: [{name: a, set: {load.rate: 1}}]`,
      5,
      /load\.rate is not a key/,
    ],
    ['a value that is none', `${HEAD}set: {load.ratePerServer: -1}\nruns: [{name: a}]`, 5, /greater than 0/],
    [
      'null where a value must be',
      `${HEAD}set: {load.ratePerServer: null}\nruns: [{name: a}]`,
      5,
      /must be a number/,
    ],
    [
      'an unknown figure',
      `${HEAD.replace('verdict', 'verdct')}runs: [{name: a}]`,
      4,
      /no figure verdct; did you mean verdict/,
    ],
    [
      'a misspelt figure of a check',
      `${HEAD.replace('verdict', 'first.duplicatePercnt')}runs: [{name: a}]`,
      4,
      /duplicatePercent/,
    ],
  ])('%s', (_, text, line, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ line });
    expect(error.exitCode).toBe(64);
  });

  it('a version that does not know a setting', () => {
    const error = refusal(
      `${HEAD}set: {kea.allocator: random}\nruns:\n  - name: old\n    set: {kea.version: '2.2'}`,
    );
    expect(error.message).toMatch(/Kea 2\.2 does not know random/);
    expect(error.location).toMatchObject({ line: 8 });
  });
});
