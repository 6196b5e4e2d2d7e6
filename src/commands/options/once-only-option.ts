import { HarnessError } from '../../errors.js';

/**
 * A `coerce` function that refuses an option that is given twice, of which yargs makes a list, and an empty one.
 *
 * @throws HarnessError USAGE
 */
export function onlyOne<T extends string | number = string>(option: string, what: string) {
  return (value: T | T[]): T => {
    if (value === '')
      throw new HarnessError('USAGE', `${option} needs a value`, { hint: `name one ${what}` });
    if (!Array.isArray(value)) return value;
    throw new HarnessError('USAGE', `${option} is given ${value.length} times`, { hint: `name one ${what}` });
  };
}
