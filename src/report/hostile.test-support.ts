import { placesOfResult } from './anonymise/fields.js';
import { revealing, revealingSource } from './anonymise/anonymise.test-support.js';
import type { Result } from '../results/result.js';

/**
 * A name that a client, a server, a file or a log may bring. It opens and closes constructs of every report format.
 */
export const HOSTILE =
  `</script><img src=x onerror=alert(1)><script>document.title='taken'</script>` +
  `"'\`]]>--><!--|\\|</details><https://x.example>[a](javascript:alert(1))\r\n## taken\n\n    code\u2028\u2029` +
  `\u0000\u0007\u001b[31mred\u001b]0;taken\u0007\u009b2J\u202egnp.exe\u200b\ud800&amp;&#60;`;

const { strings, mappings } = placesOfResult();
const closed = new Map(strings.flatMap(({ path, values }) => (values === undefined ? [] : [[path, values]])));

/** Results in which every free text is hostile. */
export function hostileResults(): Result[] {
  return resultsWith(HOSTILE);
}

/** Results in which this text stands in every free text. */
export function resultsWith(text: string): Result[] {
  return [revealing(), revealingSource()].map((result) => filled(text, result, []) as Result);
}

function filled(text: string, value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(text, one, [...path, 'N']));
  if (typeof value === 'object' && value !== null) {
    const isMapping = mappings.has(path.join('.'));
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        filled(text, one, [...path, isMapping ? 'NAME' : key]),
      ]),
    );
  }
  const place = path.join('.');
  // The text is appended: the checks on a case's name and on a first word must still match.
  return typeof value === 'string' && value !== '' && !closed.has(place) ? value + text : value;
}
