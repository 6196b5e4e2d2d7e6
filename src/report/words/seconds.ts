import { secondsOf } from '../../numbers.js';

/** Such as `4.0 s`. */
export function seconds(ms: number): string {
  return secondsOf(1_000 * ms);
}
