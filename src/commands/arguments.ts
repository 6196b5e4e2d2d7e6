import { HarnessError } from '../errors.js';
import { ownCommand } from '../tool.js';

/**
 * What yargs would pass over in silence: what stands behind a `--` of its own, and a flag with a value that is neither
 * true nor false.
 *
 * @param given the command line as it was, from the command on
 * @param parsed what yargs made of it
 * @throws HarnessError USAGE
 */
export function requireAllUnderstood(
  given: readonly string[],
  parsed: Readonly<Record<string, unknown>>,
): void {
  const end = given.indexOf('--');
  const behind = end < 0 ? [] : given.slice(end + 1);
  if (behind.length > 0) {
    throw new HarnessError(
      'USAGE',
      `${behind.join(' ')} stands behind a second -- and would have no effect`,
      {
        hint: `leave that -- out: ${ownCommand('run --quick')}`,
      },
    );
  }
  for (const argument of given) {
    const [, name = '', value = ''] = /^--(?:no-)?([^=]+)=(.*)$/s.exec(argument) ?? [];
    if (typeof parsed[name] !== 'boolean' || value === 'true' || value === 'false') continue;
    throw new HarnessError('USAGE', `--${name} is a flag and can not be ${JSON.stringify(value)}`, {
      hint: `write --${name}, or leave it out`,
    });
  }
}
