import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scenarioNames } from './catalogue.js';
import { loadCatalogue, loadScenario } from './load.js';
import { ScenarioError } from './language/problems.js';

const directory = mkdtempSync(join(tmpdir(), 'scenario-'));
afterAll(() => rmSync(directory, { recursive: true }));

function load(text: string, set: readonly string[] = [], quick = false) {
  const file = join(directory, 'mine.yaml');
  writeFileSync(file, `name: mine\ndescription: mine\n${text}`);
  return loadScenario(file, { set, quick });
}

function refusal(set: readonly string[], text = ''): ScenarioError {
  try {
    load(text, set);
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('the scenarios of the package', () => {
  it.each(scenarioNames())('%s loads, with and without quick, under its own name', (name) => {
    for (const quick of [false, true]) {
      const { scenario, source, settings } = loadScenario(name, { set: [], quick });
      expect(scenario.name).toBe(name);
      expect(source.path).toMatch(new RegExp(`/scenarios/${name}\\.yaml$`));
      expect(new Set(settings.map(({ from }) => from))).toEqual(new Set(quick ? ['quick'] : []));
    }
  });

  it('are listed with a description of one line', () => {
    for (const { description } of loadCatalogue()) expect(description).toMatch(/^.{10,100}$/);
  });

  it('published-galera is the article’s experiment', () => {
    const { scenario } = loadScenario('published-galera');
    const six = { duplicatePercent: [30, 50], appearancePercent: [80, 100] };
    expect(scenario).toMatchObject({
      expect: 'pass',
      cluster: { flavor: 'galera', nodes: 3 },
      servers: [{ node: 1 }, { node: 2 }, { node: 3 }],
      cases: ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'],
      load: { ratePerServer: 1, clientsPerServer: 119, arrival: 'aligned' },
      published: {
        table: 'galera',
        tolerance: {
          dhcp4: { duplicatePercent: [30, 37], appearancePercent: [85, 100] },
          'dhcp6-ia-na': six,
          'dhcp6-ia-pd': six,
        },
      },
      checks: ['clientsWithLease >= 95%'],
    });
  });

  it('staggered differs from published-galera in arrival and collectOffersMs, and states the figures to expect', () => {
    const staggered = loadScenario('staggered').scenario;
    const published = loadScenario('published-galera').scenario;
    expect(staggered.load).toEqual({ ...published.load, arrival: 'staggered', collectOffersMs: 0 });
    expect(staggered.cluster).toEqual(published.cluster);
    expect(staggered).toMatchObject({ checks: [], expectedFigures: ['first.duplicatePercent <= 2%'] });
  });
});

describe('defaults', () => {
  it('are filled in, servers by the number of nodes', () => {
    const { scenario } = load('cluster: {nodes: 2}');
    expect(scenario).toMatchObject({ expect: 'pass', servers: [{ node: 1 }, { node: 2 }] });
    expect(scenario.load.restartDelayMs).toEqual([0, 10]);
    expect(scenario.checks).toEqual([]);
  });
});

describe('--set', () => {
  it.each<[set: string[], expected: object]>([
    [['load.ratePerServer=5'], { load: { ratePerServer: 5, clientsPerServer: 119 } }],
    [['load.ratePerServer=5', 'load.ratePerServer=6'], { load: { ratePerServer: 6 } }],
    [['load={ratePerServer: 5, arrival: poisson}'], { load: { ratePerServer: 5, arrival: 'poisson' } }],
    [['load.restartDelayMs.0=5'], { load: { restartDelayMs: [5, 10] } }],
    [['cluster.settings.wsrep_retry_autocommit=4'], { cluster: { settings: { wsrep_retry_autocommit: 4 } } }],
    [['cluster.settings.sql_mode=a=b'], { cluster: { settings: { sql_mode: 'a=b' } } }],
    [['cases=[dhcp4]'], { cases: ['dhcp4'] }],
    [['cases.0=dhcp4', 'seed=0xff'], { seed: 255 }],
    [['servers.1.node=1'], { servers: [{ node: 1 }, { node: 1 }, { node: 3 }] }],
    [['servers.1.node=1', 'cluster.nodes=2'], { servers: [{ node: 1 }, { node: 1 }] }],
    [['servers.3.node=1'], { servers: [{ node: 1 }, { node: 2 }, { node: 3 }, { node: 1 }] }],
    [['servers=[{node: 2}]'], { servers: [{ node: 2 }] }],
    [['cluster.nodes=9'], { servers: { length: 9 } }],
    [['cluster.user="1000"'], { cluster: { user: '1000' } }],
    [['published.table=galera', 'published.tolerance.dhcp4={}'], { published: { tolerance: { dhcp4: {} } } }],
    [['checks=[dhcp4.REQUEST-ACK.responses >= 95%, p99 < 50ms]'], { checks: { length: 2 } }],
    [['published=null', 'published.table=percona'], { published: { table: 'percona', tolerance: {} } }],
    [['servers=null', 'cluster.nodes=2'], { servers: [{ node: 1 }, { node: 2 }] }],
    [['checks.0=p99 < 50ms'], { checks: ['p99 < 50ms'] }],
  ])('%j', (set, expected) => {
    expect(load('', set).scenario).toMatchObject(expected);
  });

  it.each([
    ['published', ['published.table=galera', 'published=null']],
    ['seed', ['seed=7', 'seed=null']],
  ])('%s is taken away by null', (key, set) => {
    expect(load('', set).scenario).not.toHaveProperty(key);
  });

  it('removes a block of the file, with what quick changes in it', () => {
    const { scenario } = loadScenario('published-galera', { set: ['published=null'], quick: true });
    expect(scenario.published).toBeUndefined();
    const text = 'published: {table: galera}\nquick: {published: null}';
    expect(load(text).scenario.published).toEqual({ table: 'galera', tolerance: {} });
    expect(load(text, [], true).scenario.published).toBeUndefined();
  });

  it('overrides quick, which overrides the file', () => {
    const text =
      'load: {ratePerServer: 1, timeoutMs: 1}\nquick: {load.ratePerServer: 2, load: {timeoutMs: 2}}';
    expect(load(text).scenario.load).toMatchObject({ ratePerServer: 1, timeoutMs: 1 });
    expect(load(text, [], true).scenario.load).toMatchObject({ ratePerServer: 2, timeoutMs: 2 });
    const { scenario, settings } = load(text, ['load.ratePerServer=3'], true);
    expect(scenario.load).toMatchObject({ ratePerServer: 3, timeoutMs: 2 });
    expect(settings.map(({ from, path, value }) => [from, path, value])).toEqual([
      ['quick', 'load.ratePerServer', 2],
      ['quick', 'load.timeoutMs', 2],
      ['--set', 'load.ratePerServer', 3],
    ]);
  });

  it('changes one of two values that share an anchor', () => {
    const text =
      'published:\n  table: galera\n  tolerance:\n    dhcp4: &t {duplicatePercent: [1, 2]}\n    dhcp6-ia-na: *t';
    const { published } = load(text, ['published.tolerance.dhcp4.duplicatePercent.1=9']).scenario;
    expect(published?.tolerance).toEqual({
      dhcp4: { duplicatePercent: [1, 9] },
      'dhcp6-ia-na': { duplicatePercent: [1, 2] },
    });
  });

  it.each<[argument: string, path: string, suggestion?: string]>([
    ['load.ratePerServer=-1', 'load.ratePerServer'],
    ['load.ratePerServer=.nan', 'load.ratePerServer'],
    ['load.ratePerServer=', 'load.ratePerServer'],
    ['load.ratePerServer=null', 'load.ratePerServer'],
    ['load=null', 'load'],
    ['seed=', 'seed'],
    ['published=', 'published'],
    ['load.ratePerServer=fast', 'load.ratePerServer'],
    ['load.ratePerSever=1', 'load.ratePerSever', 'load.ratePerServer'],
    ['ratePerServer=1', 'ratePerServer', 'load.ratePerServer'],
    ['load={arival: aligned}', 'load.arival', 'load.arrival'],
    ['load.arrival=alined', 'load.arrival', 'aligned'],
    ['load=1', 'load'],
    ['load.arrival.x=1', 'load.arrival.x', 'load.arrival'],
    ['servers.node=1', 'servers.node', 'servers.0'],
    ['servers.5.node=1', 'servers.5.node', 'servers.3'],
    ['servers.0.node=4', 'servers.0.node'],
    ['servers=[{node: 1}, {}]', 'servers.1.node'],
    ['cases=[dhcp4, dhcp4]', 'cases.1'],
    ['cluster.flavor=standalone', 'cluster.nodes'],
    ['load.retransmit=true', 'load.timeoutMs'],
    ['cluster.settings.__proto__=1', 'cluster.settings.__proto__'],
    ['firstPhase={}', 'firstPhase'],
    ['checks=[p99 < 50ms, respones >= 95%]', 'checks.1', 'responses'],
    ['checks.0=dhcp4.REQUEST-REPLY.p99 < 1s', 'checks.0', 'REQUEST-ACK'],
    ['checks.1=p99 < 1s', 'checks.1', 'checks.0'],
    ['checks=[*.p99 < 1s]', ''],
    ['published.tolerance.dhcp4.duplicatePercent=[1, 2]', 'published.table'],
    ['quick={}', 'quick'],
    ['load.ratePerServer=[1', ''],
    ['load.ratePerServer', ''],
    ['=1', ''],
    ['', ''],
  ])('%s is refused by its own name', (argument, path, suggestion) => {
    const error = refusal([argument]);
    expect(error.code).toBe('SCENARIO');
    expect(error.location).toEqual({ set: argument });
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0].path).toBe(path);
    expect(error.problems[0].suggestion).toBe(suggestion);
    expect(error.message).toMatch(`--set ${argument}: `);
  });

  it('reports a contradiction at the argument that has a part in it, in the order given', () => {
    const text = 'servers: [{node: 2}]';
    expect(refusal(['seed=1', 'cluster.nodes=1'], text).location).toEqual({ set: 'cluster.nodes=1' });
    const both = refusal(['seed=-1', 'sed=1', 'name=A'], text);
    expect(both.problems.map(({ location }) => location)).toEqual([
      { set: 'seed=-1' },
      { set: 'sed=1' },
      { set: 'name=A' },
    ]);
  });

  it('reports the setting that removes the subject of a check', () => {
    const error = refusal(['seed=1', 'cases=[dhcp4]'], 'checks: [dhcp6-ia-pd.p99 < 1s]');
    expect(error.location).toEqual({ set: 'cases=[dhcp4]' });
    expect(error.problems[0].message).toBe('checks.0: the scenario does not run dhcp6-ia-pd');
  });

  it('does not mend a file that has a mistake of its own', () => {
    expect(refusal(['load.ratePerServer=1'], 'load: {ratePerServer: -1}').location).toMatchObject({
      line: 3,
    });
  });
});
