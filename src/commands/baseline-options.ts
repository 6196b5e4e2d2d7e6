import { DEFAULT_TOLERANCES, type Tolerances } from '../report/compare/tolerances.js';
import { BASELINES } from '../run/compare/baselines.js';
import { readTolerances } from '../run/compare/tolerance-file.js';
import { onlyOne } from './only-one.js';

/** Where marked baselines are kept, for every command that knows them. */
export const baselinesOption = {
  type: 'string',
  requiresArg: true,
  default: BASELINES,
  describe: 'the directory of the marked baselines',
  coerce: onlyOne('--baselines', 'directory'),
} as const;

/** `--tolerances FILE` */
export const tolerancesOption = {
  type: 'string',
  requiresArg: true,
  describe: 'a YAML file that says how much each figure may differ; docs/comparing.md lists the keys',
  coerce: onlyOne('--tolerances', 'file'),
} as const;

/** The file's, or those that are built in. Errors: as of `readTolerances`. */
export function tolerancesOf(file: string | undefined): Tolerances {
  return file === undefined ? DEFAULT_TOLERANCES : readTolerances(file);
}
