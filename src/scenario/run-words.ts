import { RUN_OPTION_NAMES, RUN_OPTIONS, type RunOption, type RunOptionName } from './run-options.js';

/** An option on a command line, whatever its spelling. */
export interface GivenOption {
  /** Undefined for an option that this program does not know, such as one of a later version. */
  option: RunOptionName | undefined;
  /** For a flag, `true` or `false`. */
  value: string;
  /** Words that give the option again, with the same meaning anywhere on a command line. */
  words: readonly string[];
}

export interface RunWords {
  options: GivenOption[];
  scenarios: string[];
}

/** Splits a command line of `run` into options and scenarios, as the command-line parser does. */
export function readRunWords(argv: readonly string[]): RunWords {
  const words = [...(argv[0] === 'run' ? argv.slice(1) : argv)];
  const options: GivenOption[] = [];
  const scenarios: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') continue;
    if (word.startsWith('-') && word !== '-') options.push(readOption(word, words));
    else scenarios.push(word);
  }
  return { options, scenarios };
}

/** Whether a flag is on: the last word about it counts. */
export function isGiven(flag: RunOptionName, argv: readonly string[]): boolean {
  return (
    readRunWords(argv)
      .options.filter(({ option }) => option === flag)
      .at(-1)?.value === 'true'
  );
}

/** @param following the words behind the option; a value is taken from them */
function readOption(word: string, following: string[]): GivenOption {
  const [, spelled = '', , attached] = /^(--?[^=]+)(=(.*))?$/s.exec(word) ?? [];
  const { option, negated } = optionOf(spelled);
  if (option === undefined) return { option, value: attached ?? '', words: [word] };
  if (takes(option) === 'nothing') {
    const value = attached ?? (isTruth(following[0]) ? (following.shift() ?? '') : 'true');
    const isOn = (value !== 'false') !== negated;
    return { option, value: String(isOn), words: [isOn ? `--${option}` : `--no-${option}`] };
  }
  const value = attached ?? following.shift() ?? '';
  return { option, value, words: wordsOf(option, value) };
}

/** A value that begins with a hyphen must be attached to its option. */
function wordsOf(option: RunOptionName, value: string): string[] {
  return value.startsWith('-') || value === '' ? [`--${option}=${value}`] : [`--${option}`, value];
}

function optionOf(spelled: string): { option: RunOptionName | undefined; negated: boolean } {
  const bare = spelled.replace(/^--?/, '');
  const hyphened = bare.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isNamed = (name: RunOptionName, word: string) => {
    const { alias }: RunOption = RUN_OPTIONS[name];
    return name === word || (alias !== undefined && alias === word);
  };
  const named = RUN_OPTION_NAMES.find((name) => isNamed(name, hyphened));
  if (named !== undefined) return { option: named, negated: false };
  const flag = RUN_OPTION_NAMES.find(
    (name) => takes(name) === 'nothing' && isNamed(name, hyphened.replace(/^no-/, '')),
  );
  return { option: flag, negated: flag !== undefined };
}

function takes(option: RunOptionName): RunOption['takes'] {
  return RUN_OPTIONS[option].takes;
}

function isTruth(word: string | undefined): boolean {
  return word === 'true' || word === 'false';
}
