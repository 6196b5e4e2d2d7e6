import type { Result } from '../results/result.js';
import type { Side } from './comparison.js';

/** The runs on one side of a comparison: one run, or several repetitions of it. */
export interface Measured {
  /** The name of the scenario, or of the run in its suite. */
  name: string;
  from: Pick<Side, 'kind' | 'name'>;
  /** The results. All have the same scenario and settings, except the seed. */
  results: readonly [Result, ...Result[]];
  /** The directories of these runs, where they are known. */
  directories?: readonly string[];
}
