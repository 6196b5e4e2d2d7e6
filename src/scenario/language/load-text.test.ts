import { describe, expect, it } from 'vitest';
import { scenarioNames } from '../catalogue.js';
import { loadCatalogue, loadScenario } from '../load.js';
import { describedRun, loadText } from './load-text.js';

const load = (name: string, set: string[] = [], quick = false) => loadScenario(name, { set, quick }).scenario;

describe('the line that describes a run', () => {
  it.each<[name: string, argv: string[], load: string]>([
    ['published-galera', [], '(each server: 119 clients, 1 a second, aligned)'],
    ['published-galera', ['--quick'], '(--quick, each server: 119 clients, 10 a second, aligned)'],
    [
      'published-galera',
      ['--set', 'load.ratePerServer=7'],
      '(each server: 119 clients, 7 a second, aligned)',
    ],
    [
      'published-galera',
      ['--quick', '--set=load.clientsPerServer=5'],
      '(--quick, each server: 5 clients, 10 a second, aligned)',
    ],
    ['published-galera', ['--quick', '--no-quick'], '(each server: 119 clients, 1 a second, aligned)'],
  ])('%s %j tells the load that is run', (name, argv, expected) => {
    const set = argv.flatMap((word) => /load\.\S+/.exec(word)?.[0] ?? []);
    const scenario = load(name, set, argv.includes('--quick') && !argv.includes('--no-quick'));
    const line = describedRun(scenario, ['run', name, ...argv]);
    expect(line).toBe(`${scenario.description} ${expected}`);
  });

  it.each<[string, string[], string]>([
    ['high-rate', [], '1,500 clients, 50 a second for 30 s, aligned'],
    [
      'high-rate',
      ['load.stages=[{ratePerServer: [1, 9], seconds: 2}]'],
      '10 clients, 1 to 9 a second for 2 s, aligned',
    ],
    [
      'high-rate',
      [`load.stages=[${'{ratePerServer: 1, seconds: 1},'.repeat(4)}]`],
      '4 clients, in 4 stages, aligned',
    ],
    ['burst', [], '300 clients, 10 a second, in groups of 20'],
    ['avalanche', [], '200 clients at once'],
    ['soak', ['load.life.seconds=9'], '300 clients, 20 a second, poisson, then 9 s of life'],
  ])('%s %j', (name, set, expected) => expect(loadText(load(name, set).load)).toBe(expected));

  it.each(scenarioNames())('%s states no figure of its load in its own words', (name) => {
    const scenario = loadCatalogue().find((one) => one.name === name);
    expect(scenario?.description).not.toMatch(
      /(^|\s)\d[\d,]* (requests?|clients|a second|seconds|minutes)|groups of \d|hour/,
    );
  });
});
