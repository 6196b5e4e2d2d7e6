import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unknownToKea } from './kea-support.js';
import { loadScenario } from '../load.js';
import { ScenarioError } from '../language/problems.js';

const directory = mkdtempSync(join(tmpdir(), 'scenario-'));
afterAll(() => rmSync(directory, { recursive: true }));

function load(text: string, set: readonly string[] = []) {
  const file = join(directory, 'mine.yaml');
  writeFileSync(file, `name: mine\ndescription: mine\n${text}`);
  return loadScenario(file, { set, quick: false });
}

function refusal(work: () => unknown): ScenarioError {
  try {
    work();
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a version of Kea', () => {
  it.each([
    ['2.6', '2.6'],
    ['"3.0"', '3.0'],
    ['3.0', '3.0'],
    ['2.6.3', '2.6.3'],
    ['3', '3.0'],
  ])('written as %s is %s', (written, version) => {
    expect(load(`kea: {version: ${written}}`).scenario.kea.version).toBe(version);
    expect(load('', [`kea.version=${written}`]).scenario.kea.version).toBe(version);
  });

  it.each(['latest', '"2"', '2.6.3.1', 'true'])('is not %s', (written) => {
    expect(refusal(() => load(`kea: {version: ${written}}`)).problems[0].path).toBe('kea.version');
  });
});

describe('a setting that the version does not know', () => {
  it.each([
    ['allocator: random', 'allocator', '2.3.4'],
    ['allocator: flq', 'allocator', '2.3.7'],
    ['pdAllocator: random', 'pdAllocator', '2.3.4'],
    ['offerLifetime: 60', 'offerLifetime', '2.3.6'],
  ])('%s is refused where it was written, with the version that brought it', (written, key, since) => {
    const error = refusal(() => load(`cases: [dhcp4]\nkea:\n  version: "2.2"\n  ${written}`));
    expect(error.location).toMatchObject({ line: 6, column: 3 + key.length + 2 });
    expect(error.message).toContain(`it came with Kea ${since}`);
    expect(error.exitCode).toBe(64);
  });

  it('is reported at the --set that made it', () => {
    const error = refusal(() => load('kea: {allocator: random}', ['kea.version=2.2']));
    expect(error.location).toEqual({ set: 'kea.version=2.2' });
  });

  it.each(['2.6', '2.3', '3.0'])('does not exist for Kea %s', (version) => {
    const { scenario } = load(`kea: {version: "${version}", allocator: random, offerLifetime: 60}`);
    expect(scenario.kea).toMatchObject({ version, allocator: 'random' });
  });

  it('is refused if the version found is not the expected one', () => {
    const loaded = load('kea:\n  allocator: random');
    const error = refusal(() => loaded.refuse(unknownToKea(loaded.scenario, '2.2.0')));
    expect(error.location).toMatchObject({ line: 4, column: 14 });
    for (const version of ['2.6.3', 'unknown', ''])
      expect(() => loaded.refuse(unknownToKea(loaded.scenario, version))).not.toThrow();
  });

  it('is not iterative: every version knows it', () => {
    expect(load('kea: {version: "2.2", allocator: iterative, pdAllocator: iterative}')).toBeDefined();
  });
});

it('the free lease queue is not for IPv6 addresses', () => {
  const error = refusal(() => load('kea: {allocator: flq}'));
  expect(error.location).toMatchObject({ line: 3 });
  const many = 'kea: {allocator: flq}\ncases: [dhcp4]\nload: {clientsPerServer: 100000}';
  expect(refusal(() => load(many)).message).toMatch(/300000 clients: its pools have 262144/);
  expect(load('kea: {allocator: flq, pdAllocator: flq}\ncases: [dhcp4, dhcp6-ia-pd]')).toBeDefined();
});

describe('an allocator whose queue all servers share', () => {
  const sharing = 'kea: {version: "3.2", allocator: shared-flq, pdAllocator: shared-flq}';

  it('is there for every kind of lease, since 3.1.9', () => {
    expect(load(sharing).scenario.kea.allocator).toBe('shared-flq');
    const error = refusal(() => load('kea: {version: "3.0", allocator: shared-flq}'));
    expect(error.message).toContain('Kea 3.0 does not know shared-flq; it came with Kea 3.1.9');
    expect(error.hint).toContain('KEA_CONFORMANCE_KEA');
    expect(refusal(() => load('kea: {version: "2.2", allocator: random}\ncases: [dhcp4]')).hint).toContain(
      'kea.version: 2.6 or 3.0',
    );
  });

  it('is refused where one server has another allocator', () => {
    const mixed = `${sharing}\nservers: [{node: 1}, {node: 2, kea: {allocator: random}}]`;
    const error = refusal(() => load(mixed));
    expect(error.problems.map(({ path }) => path)).toEqual(['kea.allocator']);
    expect(error.message).toContain('server-2 has another allocator');
    const onOne = 'kea: {version: "3.2"}\nservers: [{node: 1}, {node: 2, kea: {allocator: shared-flq}}]';
    expect(refusal(() => load(onOne)).problems[0].path).toBe('servers.1.kea.allocator');
  });
});

describe('a server of another version', () => {
  it('is refused a setting that its version does not know, where that is stated', () => {
    const own =
      'kea: {version: "2.6"}\nservers: [{node: 1}, {node: 2, kea: {version: "2.2", allocator: random}}]';
    expect(refusal(() => load(own)).problems.map(({ path }) => path)).toEqual(['servers.1.kea.allocator']);
    const ofAll =
      'kea: {version: "2.6", allocator: random}\nservers: [{node: 1}, {node: 2, kea: {version: "2.2"}}]';
    const error = refusal(() => load(ofAll));
    expect(error.problems.map(({ path }) => path)).toEqual(['kea.allocator']);
    expect(error.message).toContain('Kea 2.2 does not know random');
  });

  it('is fine where its version knows all', () => {
    expect(load('servers: [{node: 1, kea: {version: "3.0", allocator: random}}, {node: 2}]')).toBeDefined();
  });

  it('runs in containers too', () => {
    const text = 'cluster: {provider: docker}\nservers: [{node: 1, kea: {version: "3.0"}}, {node: 2}]';
    expect(load(text)).toBeDefined();
  });
});
