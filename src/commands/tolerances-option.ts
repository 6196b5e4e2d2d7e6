import { DEFAULT_TOLERANCES, type Tolerances } from '../report/compare/tolerances.js';
import { readTolerances } from '../run/compare/tolerance-file.js';

/** The file's of `--tolerances FILE`, or those that are built in. Errors: as of `readTolerances`. */
export function tolerancesOf(file: string | undefined): Tolerances {
  return file === undefined ? DEFAULT_TOLERANCES : readTolerances(file);
}
