import { RUN_OPTIONS, type RunOption } from '../../scenario/run-options.js';
import { readRunWords, type GivenOption } from '../../scenario/run-words.js';
import { shellWords } from '../../terminal/shell-words.js';
import type { Result } from '../../results/result.js';

/**
 * The arguments that repeat this run with its seed: `run published-galera --quick --set seed=7`. Options that decide
 * only the suite or the output are left out.
 *
 * @returns words for a POSIX shell; undefined for recorded exchanges, and if the seed was left out
 */
export function rerunArguments({
  scenario,
  source,
}: Pick<Result, 'scenario' | 'source'>): string | undefined {
  if (source !== null || scenario.seed === null) return undefined;
  const { options, scenarios } = readRunWords(scenario.argv);
  const kept = options.filter((given) => {
    const isSeed = given.option === 'set' && given.value.startsWith('seed=');
    return decides(given, 'run') && !isSeed;
  });
  return shellWords([
    'run',
    scenarioOf(scenario.name, scenarios),
    ...kept.flatMap(({ words }) => words),
    '--set',
    `seed=${scenario.seed}`,
  ]);
}

/** The arguments that repeat a suite, or a search. Options that decide only the output are left out. */
export function suiteArguments(argv: readonly string[]): string {
  if (argv[0] === 'find-limit') return shellWords(searchWords(argv));
  const { options, scenarios } = readRunWords(argv);
  const kept = options.filter((given) => decides(given, 'run') || decides(given, 'suite'));
  return shellWords(['run', ...scenarios, ...kept.flatMap(({ words }) => words)]);
}

/** Options of a search that decide only the output, and whether a value follows. */
const OUTPUT_OF_SEARCH: Readonly<Record<string, boolean>> = {
  '--out': true,
  '--inconclusive': true,
  '--quiet': false,
};

function searchWords(argv: readonly string[]): string[] {
  return argv.filter((word, index) => {
    const [option = ''] = word.split('=');
    const before = argv[index - 1] ?? '';
    return !Object.hasOwn(OUTPUT_OF_SEARCH, option) && OUTPUT_OF_SEARCH[before] !== true;
  });
}

/**
 * Whether an option decides `what`. An unknown option is kept: without it, the command might silently make a
 * different run.
 */
function decides({ option }: GivenOption, what: RunOption['decides']): boolean {
  return option === undefined || RUN_OPTIONS[option].decides === what;
}

/**
 * The scenario of the run: the single scenario that the command named, which may be a file, or else the name of the
 * scenario. Of several named files it is not known which one belongs to this run.
 */
function scenarioOf(name: string, named: readonly string[]): string {
  const [only] = named;
  return named.length === 1 && only !== undefined ? only : name;
}
