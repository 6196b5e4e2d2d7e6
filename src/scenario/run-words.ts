import { RUN_OPTION_NAMES, RUN_OPTIONS, type RunOption, type RunOptionName } from './run-options.js';

/** An option as it was given, whatever its spelling. */
export interface GivenOption {
  /** Undefined for one that this program does not know, such as one of a later version. */
  option: RunOptionName | undefined;
  /** Of a flag `true` or `false`. */
  value: string;
  /** That give it once more, so that they mean the same in any place. */
  words: readonly string[];
}

export interface RunWords {
  options: GivenOption[];
  scenarios: string[];
}

/** Takes a command line of `run` apart, as the command line itself does. */
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

/** Whether a flag is on at the end of the line. */
export function isGiven(flag: RunOptionName, argv: readonly string[]): boolean {
  return (
    readRunWords(argv)
      .options.filter(({ option }) => option === flag)
      .at(-1)?.value === 'true'
  );
}

/** @param following the words behind it, of which a value is taken */
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

/** What begins with a hyphen is taken for a value only where it is attached. */
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
