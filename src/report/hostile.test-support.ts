import { placesOfResult } from './anonymise/fields.js';
import { revealing, revealingSource } from './anonymise/anonymise.test-support.js';
import type { Result } from './result.js';

/** What a client, a server, a file or a log may call something: it opens and ends whatever any format knows. */
export const HOSTILE =
  `</script><img src=x onerror=alert(1)><script>document.title='taken'</script>` +
  `"'\`]]>--><!--|\\|</details><https://x.example>[a](javascript:alert(1))\r\n## taken\n\n    code\u2028\u2029` +
  `\u0000\u0007\u001b[31mred\u001b]0;taken\u0007\u009b2J\u202egnp.exe\u200b\ud800&amp;&#60;`;

const { strings, mappings } = placesOfResult();
const closed = new Map(strings.flatMap(({ path, values }) => (values === undefined ? [] : [[path, values]])));

/** Results in which each text that may be any is hostile. */
export function hostileResults(): Result[] {
  return [revealing(), revealingSource()].map((result) => hostile(result, []) as Result);
}

function hostile(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => hostile(one, [...path, 'N']));
  if (typeof value === 'object' && value !== null) {
    const isMapping = mappings.has(path.join('.'));
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, hostile(one, [...path, isMapping ? 'NAME' : key])]),
    );
  }
  const place = path.join('.');
  // Whether a check is about this case, and what a first word is, must stay to be seen.
  return typeof value === 'string' && value !== '' && !closed.has(place) ? value + HOSTILE : value;
}
