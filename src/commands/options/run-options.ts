import type { Options } from 'yargs';
import {
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOption,
  type RunOptionName,
  type RunOptionValues,
} from '../../scenario/run-options.js';
import type { ReportFormat } from '../../scenario/report-names.js';
import { onlyOne } from './once-only-option.js';
import { reportFormats } from './report-formats.js';
import { wholeWithin } from './whole-number-option.js';

/** The arguments that the handler of `run` gets. */
export type RunArguments = Omit<RunOptionValues, 'report'> & { report: ReportFormat[] | undefined };

/** Options of yargs, with the types from which yargs infers the type of the value. */
type TypedOption<V> = Options & { default: V; coerce: (given: never) => V };

/** An option of `run` in the form that yargs needs. Other commands that share the option use it too. */
export function runOption<K extends RunOptionName>(name: K): TypedOption<RunArguments[K]> {
  const option: RunOption = RUN_OPTIONS[name];
  const { describe, choices, alias, defaultText } = option;
  const common = {
    describe,
    ...(alias === undefined ? {} : { alias }),
    ...(choices === undefined ? {} : { choices }),
    ...(defaultText === undefined ? {} : { defaultDescription: defaultText }),
    ...(option.default === undefined ? {} : { default: option.default }),
  };
  return { ...common, ...kindOf(name, option) } as TypedOption<RunArguments[K]>;
}

/** All options of `run` in the form that yargs needs. */
export function runOptions(): { [K in RunOptionName]: TypedOption<RunArguments[K]> } {
  return Object.fromEntries(RUN_OPTION_NAMES.map((name) => [name, runOption(name)])) as {
    [K in RunOptionName]: TypedOption<RunArguments[K]>;
  };
}

function kindOf(name: RunOptionName, { takes, names = takes, bounds }: RunOption): Options {
  switch (takes) {
    case 'nothing':
      return { type: 'boolean', default: false };
    case 'text':
      return { type: 'string', requiresArg: true, coerce: onlyOne(`--${name}`, names) };
    case 'texts':
      return {
        type: 'string',
        array: true,
        nargs: 1,
        requiresArg: true,
        ...(name === 'report' ? { coerce: reportFormats } : {}),
      };
    case 'number': {
      const [least, most] = bounds ?? [0, Number.MAX_SAFE_INTEGER];
      const one = onlyOne<number>(`--${name}`, names);
      return {
        type: 'number',
        requiresArg: true,
        coerce: (given: number | number[]) => wholeWithin(one(given), `--${name}`, least, most),
      };
    }
  }
}
