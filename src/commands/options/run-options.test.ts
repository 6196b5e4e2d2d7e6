import { describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { rerunArguments, suiteArguments } from '../../report/words/rerun.js';
import {
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOption,
  type RunOptionName,
} from '../../scenario/run-options.js';
import { runCommand } from '../run.js';
import { runOptions } from './run-options.js';

type Parsed = Record<string, unknown>;

/** The arguments that the handler of `run` gets for these words. */
async function parsed(words: readonly string[]): Promise<Parsed> {
  let given: Parsed | undefined;
  const handler = (argv: object) => void (given = { ...argv });
  await yargs([])
    .command({ ...runCommand, handler })
    .strict()
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new Error(message);
    })
    .parseAsync([...words]);
  if (given === undefined) throw new Error(`${words.join(' ')} is not a run`);
  return given;
}

const options: Readonly<Record<RunOptionName, RunOption>> = RUN_OPTIONS;
const namesOf = (decides: RunOption['decides']) =>
  RUN_OPTION_NAMES.filter((name) => options[name].decides === decides);

/** A value that is not the default. It has two words for a shell, and is no name of a scenario. */
const VALUES: Partial<Record<RunOptionName, string>> = { set: 'load.arrival=a b', report: 'csv' };

function valueOf(name: RunOptionName): string {
  const { takes, choices, bounds, default: byDefault } = options[name];
  if (takes === 'number') return String(bounds?.[1] ?? 7);
  return VALUES[name] ?? choices?.find((choice) => choice !== byDefault) ?? './some-file';
}

function spellings(name: RunOptionName): string[][] {
  const { takes, alias } = options[name];
  const letters = alias === undefined ? [] : [`-${alias}`];
  if (takes === 'nothing') {
    const flags = [`--${name}`, ...letters];
    return [...flags.map((flag) => [flag]), [`--${name}=true`], [`--${name}`, 'true']];
  }
  return [
    [`--${name}`, valueOf(name)],
    [`--${name}=${valueOf(name)}`],
    ...letters.map((one) => [one, valueOf(name)]),
  ];
}

const CASES = RUN_OPTION_NAMES.flatMap((name) => spellings(name).map((words) => ({ name, words })));

const rerun = (argv: string[]) =>
  rerunArguments({ scenario: { name: 'staggered', effective: {}, seed: 7, argv }, source: null }) ?? '';

/** Splits a line as a POSIX shell does. Quoted words here have no quotes inside. */
const shellParted = (line: string) =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, a, b]) => a ?? b ?? '');

describe('the command line that repeats a run', () => {
  it.each(CASES)('gives the same arguments after $words', async ({ name, words }) => {
    const plain = await parsed(['run', 'staggered', '--set', 'seed=7']);
    const given = await parsed(['run', ...words, 'staggered']);
    expect(given[name]).not.toEqual(plain[name]);
    const again = await parsed(shellParted(rerun(['run', ...words, 'staggered'])));
    expect(again['scenario']).toEqual(['staggered']);
    const expected = options[name].decides === 'run' ? given : plain;
    for (const one of RUN_OPTION_NAMES.filter((other) => other !== 'set')) {
      expect(again[one], one).toEqual((one === name ? expected : plain)[one]);
    }
    expect(again['set']).toEqual([...(name === 'set' ? (given['set'] as string[]) : []), 'seed=7']);
  });

  it.each(CASES)('gives the same suite after $words', async ({ name, words }) => {
    const plain = await parsed(['run', 'staggered']);
    const given = await parsed(['run', 'staggered', ...words]);
    const again = await parsed(shellParted(suiteArguments(['run', 'staggered', ...words])));
    const isKept = options[name].decides !== 'output';
    expect(again).toEqual({ ...again, scenario: ['staggered'], [name]: (isKept ? given : plain)[name] });
  });

  it.each(namesOf('run').filter((name) => options[name].takes === 'nothing'))(
    'is off after --no-%s',
    async (name) => {
      const again = await parsed(shellParted(rerun(['run', `--${name}`, `--no-${name}`])));
      expect(again[name]).toBe(false);
    },
  );
});

it('the command line has every option of the table, and no other', () => {
  expect(Object.keys(runOptions())).toEqual(RUN_OPTION_NAMES);
});

it.each(RUN_OPTION_NAMES.filter((name) => ['text', 'number'].includes(options[name].takes)))(
  '--%s is refused if given twice',
  async (name) => {
    const words = [`--${name}`, valueOf(name)];
    await expect(parsed(['run', ...words, ...words])).rejects.toThrow(`--${name} is given 2 times`);
  },
);
