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

/**
 * yargs makes NaN of what is no number, and 0 of an empty text: neither is what was given.
 *
 * @param given the command line as it was, from the command on
 * @param parsed what yargs made of it
 * @throws HarnessError USAGE
 */
export function requireNumbers(given: readonly string[], parsed: Readonly<Record<string, unknown>>): void {
  for (const [at, argument] of given.entries()) {
    const [, name = '', behind = given[at + 1]] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const values = [parsed[name] ?? []].flat();
    const isNumber = values.length > 0 && values.every((value) => typeof value === 'number');
    if (!isNumber || behind === undefined || behind.startsWith('--')) continue;
    if (behind.trim() !== '' && !Number.isNaN(Number(behind))) continue;
    throw new HarnessError('USAGE', `--${name} ${behind === '' ? "''" : behind} is no number`, {
      hint: 'write it in digits, without a unit',
    });
  }
}
