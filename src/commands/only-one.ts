import { HarnessError } from '../errors.js';

/** For an option's `coerce`: yargs makes a list of what is given twice. Errors: USAGE. */
export function onlyOne<T extends string | number = string>(option: string, what: string) {
  return (value: T | T[]): T => {
    if (!Array.isArray(value)) return value;
    throw new HarnessError('USAGE', `${option} is given ${value.length} times`, { hint: `name one ${what}` });
  };
}
