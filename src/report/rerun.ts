import { RUN_OPTIONS, type RunOption } from '../scenario/run-options.js';
import { readRunWords, type GivenOption } from '../scenario/run-words.js';
import { shellWords } from '../terminal/shell-words.js';
import type { Result } from './result.js';

/**
 * The arguments that make this run again, with its seed: `run published-galera --quick --set seed=7`. Of a suite's command
 * only what concerns this run; where it was started from is not told again.
 *
 * @returns words for a POSIX shell; undefined for what others recorded, and where the seed was left out
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

/** The arguments that make a suite again, somewhere else. */
export function suiteArguments(argv: readonly string[]): string {
  const { options, scenarios } = readRunWords(argv);
  const kept = options.filter((given) => decides(given, 'run') || decides(given, 'suite'));
  return shellWords(['run', ...scenarios, ...kept.flatMap(({ words }) => words)]);
}

/** An option that this program does not know stays: without it, another run might be made in silence. */
function decides({ option }: GivenOption, what: RunOption['decides']): boolean {
  return option === undefined || RUN_OPTIONS[option].decides === what;
}

/** A file is known by its path alone, so of several it can't be told which this run's was. */
function scenarioOf(name: string, named: readonly string[]): string {
  const [only] = named;
  return named.length === 1 && only !== undefined ? only : name;
}
