import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadScenario } from './load.js';
import { ScenarioError } from './language/problems.js';

const directory = mkdtempSync(join(tmpdir(), 'scenario-'));
const file = join(directory, 'mine.yaml');
afterAll(() => rmSync(directory, { recursive: true }));

function refusalOf(nameOrPath: string, set: readonly string[] = []): ScenarioError {
  try {
    loadScenario(nameOrPath, { set, quick: false });
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

function refusalOfText(text: string | Uint8Array): ScenarioError {
  writeFileSync(file, text);
  return refusalOf(file);
}

/** Two lines, so that the text behind them begins in line 3. */
const HEAD = 'name: mine\ndescription: mine\n';

describe('a mistake in a file', () => {
  it.each<[what: string, text: string, line: number, column: number, path: string, suggestion?: string]>([
    ['an unknown key', `${HEAD}load:\n  ratePerSever: 1`, 4, 3, 'load.ratePerSever', 'load.ratePerServer'],
    ['a key in the wrong place', `${HEAD}arrival: aligned`, 3, 1, 'arrival', 'load.arrival'],
    ['an unknown key in flow style', `${HEAD}load: { arival: aligned }`, 3, 9, 'load.arival', 'load.arrival'],
    ['an unknown key in a list', `${HEAD}servers:\n  - nod: 1`, 4, 5, 'servers.0.nod', 'servers.0.node'],
    [
      'an unknown case',
      `${HEAD}published:\n  table: galera\n  tolerance:\n    dhcp5: {}`,
      6,
      5,
      'published.tolerance.dhcp5',
      'published.tolerance.dhcp4',
    ],
    ['a key far from any', `${HEAD}colour: red`, 3, 1, 'colour'],
    ['a rate of -1', `${HEAD}load:\n  ratePerServer: -1`, 4, 18, 'load.ratePerServer'],
    ['a rate of 0', `${HEAD}load:\n  ratePerServer: 0`, 4, 18, 'load.ratePerServer'],
    ['text for a number', `${HEAD}load:\n  ratePerServer: fast`, 4, 18, 'load.ratePerServer'],
    ['a number for text', 'name: mine\ndescription: 7', 2, 14, 'description'],
    ['a list for a mapping', `${HEAD}load: [1]`, 3, 7, 'load'],
    ['a mapping for a number', `${HEAD}load:\n  ratePerServer:\n    x: 1`, 4, 3, 'load.ratePerServer'],
    ['nothing', `${HEAD}load:\ncases: [dhcp4]`, 3, 1, 'load'],
    ['a fraction', `${HEAD}cluster:\n  nodes: 2.5`, 4, 10, 'cluster.nodes'],
    ['NaN', `${HEAD}load:\n  ratePerServer: .nan`, 4, 18, 'load.ratePerServer'],
    ['infinity', `${HEAD}load:\n  ratePerServer: .inf`, 4, 18, 'load.ratePerServer'],
    ['a seed beyond 32 bits', `${HEAD}seed: 4294967296`, 3, 7, 'seed'],
    ['a negative seed', `${HEAD}seed: -1`, 3, 7, 'seed'],
    ['a word near another', `${HEAD}load: {arrival: alined}`, 3, 17, 'load.arrival', 'aligned'],
    ['an unknown kind of case', `${HEAD}cases: [dhcp4, dhcp6-ia-ma]`, 3, 16, 'cases.1', 'dhcp6-ia-na'],
    ['no case', `${HEAD}cases: []`, 3, 8, 'cases'],
    ['a missing key', 'description: mine\nseed: 1', 1, 1, 'name'],
    ['a missing key inside', `${HEAD}published: {}`, 3, 1, 'published.table'],
    ['a name with a slash', 'name: a/b\ndescription: mine', 1, 7, 'name'],
    ['a name that is a link of ours', 'name: latest\ndescription: mine', 1, 7, 'name'],
    [
      'a range upside down',
      `${HEAD}published:\n  table: galera\n  tolerance:\n    dhcp4: {duplicatePercent: [2, 0]}`,
      6,
      31,
      'published.tolerance.dhcp4.duplicatePercent',
    ],
    [
      'half a range',
      `${HEAD}published:\n  table: galera\n  tolerance:\n    dhcp4: {duplicatePercent: [2]}`,
      6,
      31,
      'published.tolerance.dhcp4.duplicatePercent',
    ],
    [
      'a bound beyond 100',
      `${HEAD}published:\n  table: galera\n  tolerance:\n    dhcp4: {duplicatePercent: [2, 101]}`,
      6,
      35,
      'published.tolerance.dhcp4.duplicatePercent.1',
    ],
    ['an unknown figure', `${HEAD}checks:\n  - p99 < 1s\n  - respones > 1`, 5, 5, 'checks.1', 'responses'],
    ['an unknown figure further on', `${HEAD}checks: [dhcp4.respones > 1]`, 3, 16, 'checks.0', 'responses'],
    ['an unknown unit, in quotes', `${HEAD}checks: ["*.p99 < 1sec"]`, 3, 20, 'checks.0', 's'],
    ['a check in several lines', `${HEAD}checks:\n  - respones\n    > 1`, 4, 5, 'checks.0', 'responses'],
    ['a check with escapes', `${HEAD}checks: ["p99 \\x3c 1"]`, 3, 10, 'checks.0', '1ms'],
    ['a number for a check', `${HEAD}checks: [7]`, 3, 10, 'checks.0'],
    ['text for checks', `${HEAD}checks: p99 < 1s`, 3, 9, 'checks'],
    [
      'a check on a case not run',
      `${HEAD}cases: [dhcp4]\nchecks:\n  - dhcp6-ia-na.p99 < 1s`,
      5,
      5,
      'checks.0',
    ],
    [
      'a check on a phase of another case',
      `${HEAD}checks: [dhcp4.REQUEST-REPLY.p99 < 1s]`,
      3,
      16,
      'checks.0',
      'REQUEST-ACK',
    ],
    [
      'a check in quick',
      `${HEAD}quick:\n  load: {ratePerServer: 2}\n  checks: [pp99 < 1s]`,
      5,
      12,
      'checks.0',
      'p99',
    ],
    ['a check in quotes forgotten', `${HEAD}checks:\n  - *.p99 < 1s`, 4, 11, ''],
    ['no variable name', `${HEAD}cluster:\n  settings:\n    a-b: 1`, 5, 5, 'cluster.settings.a-b'],
    ['a list for a variable', `${HEAD}cluster:\n  settings:\n    a: [1]`, 5, 8, 'cluster.settings.a'],
    ['two lines for a variable', `${HEAD}cluster:\n  settings:\n    a: "1\\nb"`, 5, 8, 'cluster.settings.a'],
    ['a server on no node', `${HEAD}cluster: {nodes: 2}\nservers:\n  - node: 3`, 5, 11, 'servers.0.node'],
    [
      'a server on no node of the default',
      `${HEAD}servers:\n  - node: 1\n  - node: 4`,
      5,
      11,
      'servers.1.node',
    ],
    ['a case twice', `${HEAD}cases: [dhcp4, dhcp6-ia-na, dhcp4]`, 3, 29, 'cases.2'],
    ['a load without end', `${HEAD}load: {ratePerServer: 1.0e-9}`, 3, 23, 'load.ratePerServer'],
    ['a rate of nothing', `${HEAD}load: {ratePerServer: 0}`, 3, 23, 'load.ratePerServer'],
    ['a rate beyond a socket', `${HEAD}load: {ratePerServer: 1000000}`, 3, 23, 'load.ratePerServer'],
    [
      'rates beyond the sockets, of all servers together',
      `${HEAD}load: {ratePerServer: 20000}`,
      3,
      23,
      'load.ratePerServer',
    ],
    ['a pool of nothing', `${HEAD}kea: {poolLeases: 0}`, 3, 19, 'kea.poolLeases'],
    ['more clients than leases', `${HEAD}kea: {poolLeases: 256}`, 3, 19, 'kea.poolLeases'],
    ['a lease that never was valid', `${HEAD}kea: {validLifetime: 0}`, 3, 22, 'kea.validLifetime'],
    ['no stage', `${HEAD}load: {stages: []}`, 3, 16, 'load.stages'],
    [
      'a stage without duration',
      `${HEAD}load:\n  stages:\n    - ratePerServer: 5`,
      5,
      7,
      'load.stages.0.seconds',
    ],
    [
      'a stage of no duration',
      `${HEAD}load:\n  stages: [{ratePerServer: 5, seconds: 0}]`,
      4,
      40,
      'load.stages.0.seconds',
    ],
    [
      'a ramp from nothing',
      `${HEAD}load:\n  stages: [{ratePerServer: [0, 5], seconds: 1}]`,
      4,
      29,
      'load.stages.0.ratePerServer.0',
    ],
    [
      'stages without end',
      `${HEAD}load: {stages: [{ratePerServer: 1, seconds: 604800}, {ratePerServer: 1, seconds: 1}]}`,
      3,
      16,
      'load.stages',
    ],
    [
      'too many clients in stages',
      `${HEAD}load: {stages: [{ratePerServer: 2000, seconds: 501}]}`,
      3,
      16,
      'load.stages',
    ],
    [
      'stages of an avalanche',
      `${HEAD}load: {arrival: avalanche, retransmit: true, timeoutMs: 9000, stages: [{ratePerServer: 1, seconds: 9}]}`,
      3,
      71,
      'load.stages',
    ],
    ['relays of containers', `${HEAD}cluster: {provider: docker}\nload: {relays: 2}`, 4, 16, 'load.relays'],
    [
      'relays that share a small pool',
      `${HEAD}kea: {poolLeases: 512}\nload: {relays: 2}`,
      4,
      16,
      'load.relays',
    ],
    [
      'relays of listed pools',
      `${HEAD}cases: [dhcp4]\nkea: {allocator: flq}\nload: {relays: 2}`,
      5,
      16,
      'load.relays',
    ],
    ['more relays than there is room for', `${HEAD}load: {relays: 17}`, 3, 16, 'load.relays'],
    ['no relay on loopback', `${HEAD}load: {relays: 0}`, 3, 16, 'load.relays'],
    [
      'no relay for clients that roam',
      `${HEAD}cluster: {network: private}\nload: {relays: 0, fanout: roam}`,
      4,
      16,
      'load.relays',
    ],
    [
      'no relay for clients that renew',
      `${HEAD}cluster: {network: private}\nload: {relays: 0, life: {seconds: 5, renewPerServer: 1}}`,
      4,
      16,
      'load.relays',
    ],
    [
      'no relay for clients that retransmit to all',
      `${HEAD}cluster: {network: private}\nload: {relays: 0, fanout: all, retransmit: true, timeoutMs: 60000}`,
      4,
      16,
      'load.relays',
    ],
    [
      'a private network of containers',
      `${HEAD}cluster: {provider: docker, network: private}`,
      3,
      38,
      'cluster.network',
    ],
    [
      'another clock in a container',
      `${HEAD}cluster: {provider: docker}\nservers: [{node: 1, clockOffset: 2}]`,
      4,
      34,
      'servers.0.clockOffset',
    ],
    ['rapid commit of DHCPv4', `${HEAD}load: {rapidCommit: true}`, 3, 21, 'load.rapidCommit'],
    ['an avalanche without back-off', `${HEAD}load: {arrival: avalanche}`, 3, 17, 'load.arrival'],
    [
      'too few transaction ids',
      `${HEAD}load: {timeoutMs: 3600000, ratePerServer: 1000, clientsPerServer: 1000000}`,
      3,
      19,
      'load.timeoutMs',
    ],
    [
      'too few transaction ids by the bits of them',
      `${HEAD}load: {transactionIdBits: 10, ratePerServer: 100, clientsPerServer: 1000}`,
      3,
      27,
      'load.transactionIdBits',
    ],
    [
      'more transactions than can be judged',
      `${HEAD}load: {ratePerServer: 100, clientsPerServer: 1000000, maxAttempts: 100}`,
      3,
      46,
      'load.clientsPerServer',
    ],
    ['a value by alias', `${HEAD}seed: &x -1\nload: {ratePerServer: *x}`, 3, 10, 'seed'],
    ['an unknown path in quick', `${HEAD}quick:\n  load.whatever: 1`, 4, 3, 'load.whatever'],
    ['a misspelled path in quick', `${HEAD}quick:\n  load.arival: 1`, 4, 3, 'load.arival', 'load.arrival'],
    ['a bad value in quick', `${HEAD}quick:\n  load.ratePerServer: -1`, 4, 23, 'load.ratePerServer'],
    [
      'a bad value nested in quick',
      `${HEAD}quick:\n  load:\n    ratePerServer: -1`,
      5,
      20,
      'load.ratePerServer',
    ],
    ['a bad entry in quick', `${HEAD}quick:\n  servers: [{node: 1}, {node: 4}]`, 4, 31, 'servers.1.node'],
    ['quick in quick', `${HEAD}quick:\n  quick: {}`, 4, 3, 'quick'],
    ['a list for quick', `${HEAD}quick: [1]`, 3, 8, 'quick'],
    [
      'a contradiction by quick',
      `${HEAD}servers: [{node: 2}]\nquick:\n  cluster.nodes: 1`,
      5,
      3,
      'servers.0.node',
    ],
    ['an empty file', '', 1, 1, ''],
    ['nothing but a comment', '# nothing\n', 1, 1, ''],
    ['an empty document', '---\n', 1, 1, ''],
    ['a list', '- name: mine', 1, 1, ''],
    ['text', 'hello', 1, 1, ''],
    ['broken YAML', `${HEAD}load: {ratePerServer: 1`, 3, 24, ''],
    ['a tab for indentation', `${HEAD}load:\n\tratePerServer: 1`, 4, 1, ''],
    ['a key twice', `${HEAD}name: again`, 3, 1, ''],
    ['a second document', `${HEAD}---\nname: other`, 3, 1, ''],
    ['a second document after an end', `${HEAD}...\nname: other`, 4, 1, ''],
    ['an unknown tag', `${HEAD}seed: !random 1`, 3, 7, ''],
    ['an unknown anchor', `${HEAD}seed: *nowhere`, 3, 7, ''],
    ['a number for a key', `${HEAD}7: x`, 3, 1, ''],
    ['a list for a key', `${HEAD}? [a]\n: x`, 3, 3, ''],
    ['__proto__', `${HEAD}cluster:\n  settings:\n    __proto__: 1`, 5, 5, ''],
  ])('%s', (_, text, line, column, path, suggestion) => {
    const error = refusalOfText(text);
    expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code: 'SCENARIO', exitCode: 64 });
    expect(error.location).toEqual({ file, line, column });
    expect(error.problems[0]).toMatchObject({ path });
    expect(error.problems[0].suggestion).toBe(suggestion);
    expect(error.message).toMatch(`${file}:${line}:${column}: `);
  });

  it('points at the bad byte of what is not UTF-8', () => {
    const latin1 = Buffer.from(`${HEAD}# caf\u00e9`, 'latin1');
    expect(refusalOfText(latin1).location).toEqual({ file, line: 3, column: 6 });
    expect(refusalOfText(Buffer.from(`\ufeff${HEAD}`, 'utf16le')).location).toEqual({
      file,
      line: 1,
      column: 1,
    });
  });

  it('stops an anchor bomb, and nesting without end', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    expect(refusalOfText(['a0: &a0 [x]', ...levels].join('\n')).location).toEqual({
      file,
      line: 1,
      column: 5,
    });
    expect(refusalOfText('{a: '.repeat(9000)).code).toBe('SCENARIO');
    expect(refusalOfText(`${HEAD}load: &load [*load]`).location).toEqual({ file, line: 3, column: 13 });
  });

  it('reads a byte order mark and CRLF', () => {
    writeFileSync(file, `\ufeff${HEAD}`.replaceAll('\n', '\r\n'));
    expect(loadScenario(file).scenario.name).toBe('mine');
  });

  it('reports the first in the order of the file, lists the others, each once', () => {
    const text = `${HEAD}quick: {load.rate: 1}\ncases: [dhcp5]\nload: {ratePerServer: -1, arival: 1}\nseed: -1`;
    const error = refusalOfText(text);
    const places = error.problems.map(({ location, path }) => ['line' in location && location.line, path]);
    expect(places).toEqual([
      [3, 'load.rate'],
      [4, 'cases.0'],
      [5, 'load.ratePerServer'],
      [5, 'load.arival'],
      [6, 'seed'],
    ]);
    expect(error.message.split('\n')).toHaveLength(5);
  });

  it('lists mistakes in checks among the other problems', () => {
    const error = refusalOfText(`${HEAD}seed: -1\nchecks: [p99 < 1, p99 > 1]`);
    expect(error.problems.map(({ path }) => path)).toEqual(['seed', 'checks.0', 'checks.1']);
  });

  it('says that YAML reads a * as an alias', () => {
    for (const check of ['- *.p99 < 1s', '- *.p99', '[*.p99 < 1s]'])
      expect(refusalOfText(`${HEAD}checks:\n  ${check}`).hint).toBe(
        'text that begins with * must be in quotes',
      );
  });

  it('uses the words of the schema', () => {
    const unknown = refusalOfText(`${HEAD}load: {ratePerSever: 1}`);
    expect(unknown.message).toBe(
      `${file}:3:8: load.ratePerSever is not a key here; did you mean ratePerServer?`,
    );
    expect(unknown.hint).toBe('load.ratePerServer: exchanges started a second on each server');
    expect(refusalOfText(`${HEAD}load: {ratePerServer: -1}`).message).toBe(
      `${file}:3:23: load.ratePerServer must be greater than 0, but is -1`,
    );
  });
});

describe('faults', () => {
  const fault = (text: string) => refusalOfText(`${HEAD}faults:\n  - { ${text} }`);

  it.each<[at: string, but: string]>([
    ['5s', 'the text "5s"'],
    ['{ exchange: 5 }', 'a mapping'],
    ['[5]', '[5]'],
    ['true', 'true'],
  ])('at: %s is explained', (at, but) => {
    const { problems } = fault(`fault: kill, on: node-2, at: ${at}, undo: 9`);
    expect(problems.map(({ message }) => message)).toEqual([
      `faults.0.at must be seconds, such as 5, or { exchanges: N }, but is ${but}`,
    ]);
  });

  it.each(['kind', 'type', 'target', 'for', 'until', 'when'])(
    '%s suggests no key that is only as short',
    (key) => {
      const { problems } = fault(`fault: kill, on: node-2, at: 2, undo: 9, ${key}: 3`);
      expect(problems).toMatchObject([{ message: `faults.0.${key} is not a key here` }]);
      expect(problems[0].hint).toBe(
        'keys of faults.0: fault, on, groups, between, from, to, percent, ms, at, undo',
      );
    },
  );
});

describe('a file that can’t be used', () => {
  const wholeFile = (error: ScenarioError) => error.problems[0];

  it('a name that the package does not have', () => {
    const error = refusalOf('stagered');
    expect(wholeFile(error)).toMatchObject({ location: { file: 'stagered' }, suggestion: 'staggered' });
    expect(error.hint).toMatch(/scenarios` lists/);
    expect(refusalOf('').code).toBe('SCENARIO');
  });

  it('a missing file', () => {
    writeFileSync(file, HEAD);
    const missing = join(directory, 'mein.yaml');
    expect(wholeFile(refusalOf(missing))).toMatchObject({ location: { file: missing }, suggestion: file });
    expect(refusalOf(join(file, 'below.yaml')).code).toBe('SCENARIO');
    expect(refusalOf('/nowhere/\0.yaml').code).toBe('SCENARIO');
  });

  it('a directory, a device, a giant', () => {
    mkdirSync(join(directory, 'd.yaml'), { recursive: true });
    expect(refusalOf(join(directory, 'd.yaml')).message).toContain('is a directory');
    expect(refusalOf('/dev/zero').message).toContain('not a regular file');
    expect(refusalOfText(`# ${'x'.repeat(70_000)}`).message).toContain('too large');
  });
});
