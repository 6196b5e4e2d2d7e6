import { secondsOf } from '../../numbers.js';
import type { Death } from '../../evidence/evidence.js';
import { endingInWords } from '../../processes/ending.js';

/**
 * `node node-2 was killed (SIGKILL) after 3.1 s`, or, next to the death that it follows from,
 * `server dhcp4 server-2 ended after it (exit code 1)`.
 */
export function deathText(death: Death): string {
  const { kind, name, after, atUs } = death;
  const { verb, way } = endingInWords(death);
  return after === undefined
    ? `${kind} ${name} ${verb} (${way}) after ${secondsOf(atUs)}`
    : `${kind} ${name} ${verb} after it (${way})`;
}
