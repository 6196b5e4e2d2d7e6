import { HarnessError } from '../errors.js';
import { ownCommand } from '../tool.js';

/**
 * Refuses what yargs would silently ignore: arguments after a second `--`, and a flag with a value other than true or
 * false.
 *
 * @param given the original words of the command line, from the command on
 * @param parsed the arguments as yargs parsed them
 * @throws HarnessError USAGE
 */
export function requireAllUnderstood(
  given: readonly string[],
  parsed: Readonly<Record<string, unknown>>,
): void {
  const end = given.indexOf('--');
  const behind = end < 0 ? [] : given.slice(end + 1);
  if (behind.length > 0) {
    throw new HarnessError('USAGE', `${behind.join(' ')} comes after a second -- and would have no effect`, {
      hint: `leave that -- out: ${ownCommand('run --quick')}`,
    });
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
 * Refuses an option's value that is no number. yargs would silently turn such a value into NaN, and an empty text
 * into 0.
 *
 * @param given the original words of the command line, from the command on
 * @param parsed the arguments as yargs parsed them
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
