import type { Result } from '../../../results/result.js';
import { witnessesUnder } from '../../../results/witness.js';
import type { WitnessOfCase } from '../input.js';

/** The most witnesses that are drawn under a check. The section of the witnesses has all of them. */
export const DRAWN_PER_CHECK = 3;

/** A client of a case, by the name of the case and the number of the client there. */
export function clientKey(caseName: string, client: number): string {
  return `${client} ${caseName}`;
}

/** The witnesses that the page draws under the checks that do not hold. */
export function drawnWitnesses(result: Result, witnesses: readonly WitnessOfCase[]): WitnessOfCase[] {
  return result.checks
    .filter(({ verdict }) => verdict !== 'pass')
    .flatMap((check) => witnessesUnder(check, witnesses).slice(0, DRAWN_PER_CHECK));
}
