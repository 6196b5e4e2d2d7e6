import { scenarioNames, suiteNames } from '../../scenario/catalogue.js';
import { settablePaths, valuesAt } from '../../scenario/language/paths.js';
import { RUN_OPTION_NAMES, RUN_OPTIONS } from '../../scenario/run-options.js';
import { REPORT_FORMATS } from '../../scenario/report-names.js';

/**
 * The completions of the last word, where yargs can't know them: paths and values of `--set`, formats of `--report`,
 * and the names of scenarios and suites.
 *
 * @param words the words after the program's name; the last one may be incomplete
 * @returns whole words; undefined where yargs completes better
 */
export function completedValues(words: readonly string[]): string[] | undefined {
  const current = words.at(-1) ?? '';
  const [, option = words.at(-2) ?? '', value = current] = /^(--[a-z-]+)=(.*)$/s.exec(current) ?? [];
  const before = current.slice(0, current.length - value.length);
  const completed = BY_OPTION[option]?.(value);
  if (completed !== undefined) return completed.map((one) => before + one);
  const isValue = option.startsWith('--') && !FLAGS.includes(option);
  const command = words.slice(0, words[0] === 'baseline' ? 2 : 1);
  if (isValue || current.startsWith('-') || words.length <= command.length) return undefined;
  return NAMES[command.join(' ')]?.();
}

const BY_OPTION: Readonly<Record<string, (value: string) => string[]>> = {
  '--set': completedSetting,
  '--report': completedFormats,
};

/** For each command that takes names of scenarios: the names that it takes. */
const NAMES: Readonly<Record<string, () => string[]>> = {
  run: () => [...scenarioNames(), ...suiteNames()],
  'find-limit': scenarioNames,
  scenarios: () => [...scenarioNames(), ...suiteNames()],
  'baseline show': scenarioNames,
  'baseline clear': scenarioNames,
};

/** Options of these commands that take no value, so that a name may follow them. */
export const FLAGS: readonly string[] = RUN_OPTION_NAMES.filter(
  (name) => RUN_OPTIONS[name].takes === 'nothing',
).map((name) => `--${name}`);

/**
 * Completes `load.arr` to `load.arrival=`. Completes `load.arrival=` to one word for each value, if the values are a
 * closed set.
 */
function completedSetting(typed: string): string[] {
  const equals = typed.indexOf('=');
  if (equals < 0) return paths().map((path) => `${path}=`);
  const path = typed.slice(0, equals);
  return valuesAt(path).map((value) => `${path}=${value}`);
}

/** Paths that `--set` can take as they are. Of a list, the path of its first entry is offered too. */
function paths(): string[] {
  return settablePaths()
    .filter((path) => !path.endsWith('NAME'))
    .map((path) => path.replace(/(^|\.)N(?=\.|$)/g, '$10'));
}

/** Completes the last format of a list. Keeps the formats before the last comma, and offers none of them again. */
function completedFormats(typed: string): string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const given = before.split(',');
  const formats = REPORT_FORMATS.filter((format) => !given.includes(format));
  return [...formats.map((format) => before + format), ...(before === '' ? ['none'] : [])];
}
