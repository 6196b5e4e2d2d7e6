import { DEFAULT_TOLERANCES, type Tolerances } from '../../compare/tolerances.js';
import { readTolerances } from '../../compare/stored/tolerance-file.js';

/**
 * The tolerances of the file that `--tolerances FILE` names, or the default ones. Errors: those of `readTolerances`.
 */
export function tolerancesOf(file: string | undefined): Tolerances {
  return file === undefined ? DEFAULT_TOLERANCES : readTolerances(file);
}
