import type { Result } from './result.js';

/** Options of `run` that take a value, and those of them that don't change what is run. */
const WITH_VALUE = ['--set', '--out', '--report', '--inconclusive', '--events'];
const OF_THE_OUTPUT = [
  ...['--out', '--report', '--inconclusive', '--events', '--keep', '--no-keep', '--all', '--no-all'],
  ...['--quiet', '--no-quiet', '--verbose', '--no-verbose'],
];

const PLAIN = /^[\w./:=,@%+-]+$/;

/**
 * The arguments that make this run again, with its seed: `run published-galera --quick --set seed=7`. Of a suite's command
 * only what concerns this run; where it was started from is not told again.
 *
 * @returns words for a POSIX shell; undefined for what others recorded
 */
export function rerunArguments({
  scenario,
  source,
}: Pick<Result, 'scenario' | 'source'>): string | undefined {
  if (source !== null) return undefined;
  const { options, scenarios } = parted(scenario.argv[0] === 'run' ? scenario.argv.slice(1) : scenario.argv);
  const kept = options.filter(([name = '', value]) => {
    const isSeed = name === '--set' && value?.startsWith('seed=') === true;
    return !OF_THE_OUTPUT.includes(name) && !isSeed;
  });
  return shellWords([
    'run',
    scenarioOf(scenario.name, scenarios),
    ...kept.flat(),
    '--set',
    `seed=${scenario.seed ?? 0}`,
  ]);
}

/** The arguments that make a suite again, somewhere else. */
export function suiteArguments(argv: readonly string[]): string {
  const { options, scenarios } = parted(argv);
  const kept = options.filter(([name = '']) => name === '--all' || !OF_THE_OUTPUT.includes(name));
  return shellWords([...scenarios, ...kept.flat()]);
}

/** As a POSIX shell takes them. */
function shellWords(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

/** A file is known by its path alone, so of several it can't be told which this run's was. */
function scenarioOf(name: string, named: readonly string[]): string {
  const [only] = named;
  return named.length === 1 && only !== undefined ? only : name;
}

/** `--set=a=b` as `--set`, `a=b`. */
function parted(argv: readonly string[]): { options: string[][]; scenarios: string[] } {
  const options: string[][] = [];
  const scenarios: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (!word.startsWith('--')) {
      scenarios.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (equals >= 0) options.push([name, word.slice(equals + 1)]);
    else if (WITH_VALUE.includes(name)) options.push([name, argv[++at] ?? '']);
    else options.push([name]);
  }
  return { options, scenarios };
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
