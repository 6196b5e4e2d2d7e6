import { describe, expect, it } from 'vitest';
import { descriptionAt, nearestPath, parsePath, schemaAt, settablePaths, showPath } from './paths.js';

describe('settablePaths', () => {
  it('lists values, their parents, and placeholders for indexes and names', () => {
    expect(settablePaths()).toEqual(
      expect.arrayContaining([
        'name',
        'load',
        'load.ratePerServer',
        'load.restartDelayMs.N',
        'servers.N.node',
        'cluster.settings.NAME',
        'published.tolerance.dhcp6-ia-na.duplicatePercent',
        'checks.N',
      ]),
    );
    expect(settablePaths().filter((path) => path.startsWith('quick'))).toEqual([]);
  });

  it('names only what the schema has', () => {
    for (const path of settablePaths())
      expect(schemaAt(parsePath(path.replace(/\bN\b/g, '0'))), path).toBeDefined();
  });

  it('has a description for every key of the schema', () => {
    const keys = settablePaths().filter(
      (path) => !/\.(N|NAME|dhcp[46][\w-]*)$/.test(path) || /^kea/.test(path),
    );
    expect(
      keys.filter((path) => descriptionAt(parsePath(path.replace(/\bN\b/g, '0'))) === undefined),
    ).toEqual([]);
  });
});

describe('nearestPath', () => {
  it.each([
    ['load.ratePerSever', 'load.ratePerServer'],
    ['ratePerServer', 'load.ratePerServer'],
    ['cluster.ratePerServer', 'load.ratePerServer'],
    ['laod.ratePerServer', 'load.ratePerServer'],
    ['laod', 'load'],
    ['kea.startTimoutMs', 'kea.startTimeoutMs'],
    ['servers.2.nod', 'servers.2.node'],
    ['server.2.node', 'servers.2.node'],
    ['published.tolerance.dhcp5.duplicatePercent', 'published.tolerance.dhcp4.duplicatePercent'],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('to %s is %s', (wrong, meant) => {
    expect(nearestPath(parsePath(wrong))).toBe(meant);
  });
});

describe('showPath', () => {
  it('quotes and shortens what is no plain word', () => {
    expect(showPath(['servers', 0, 'node'])).toBe('servers.0.node');
    expect(showPath(['a b', '\u001b[2J'])).toBe('"a b"."\\u001b[2J"');
    expect(showPath(['x'.repeat(5000)]).length).toBeLessThan(50);
  });
});
