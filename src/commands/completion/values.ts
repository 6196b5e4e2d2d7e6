import { scenarioNames, suiteNames } from '../../scenario/catalogue.js';
import { settablePaths, valuesAt } from '../../scenario/paths.js';
import { RUN_OPTION_NAMES, RUN_OPTIONS } from '../../scenario/run-options.js';
import { REPORT_FORMATS } from '../../scenario/schema/reports.js';

/**
 * What the last word of a command line may become, where yargs can't know: paths and values of `--set`, formats of
 * `--report`, and the names of scenarios and suites.
 *
 * @param words those after the program's name, the last as far as it has been typed
 * @returns whole words; undefined where yargs knows better
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

/** What the commands that take names of scenarios take. */
const NAMES: Readonly<Record<string, () => string[]>> = {
  run: () => [...scenarioNames(), ...suiteNames()],
  'find-limit': scenarioNames,
  'baseline show': scenarioNames,
  'baseline clear': scenarioNames,
};

/** Options of these that take no value, so that a name may follow. */
export const FLAGS: readonly string[] = RUN_OPTION_NAMES.filter(
  (name) => RUN_OPTIONS[name].takes === 'nothing',
).map((name) => `--${name}`);

/** `load.arr` to `load.arrival=`, and `load.arrival=` to one for each value where there is a choice. */
function completedSetting(typed: string): string[] {
  const equals = typed.indexOf('=');
  if (equals < 0) return paths().map((path) => `${path}=`);
  const path = typed.slice(0, equals);
  return valuesAt(path).map((value) => `${path}=${value}`);
}

/** What can be given on a command line as a whole: of lists the first entry, too. */
function paths(): string[] {
  return settablePaths()
    .filter((path) => !path.endsWith('NAME'))
    .map((path) => path.replace(/(^|\.)N(?=\.|$)/g, '$10'));
}

/** With what stands before the last comma, and without what is there already. */
function completedFormats(typed: string): string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const given = before.split(',');
  const formats = REPORT_FORMATS.filter((format) => !given.includes(format));
  return [...formats.map((format) => before + format), ...(before === '' ? ['none'] : [])];
}
