import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { loadScenario } from './load.js';
import { ScenarioError } from './language/problems.js';

const directory = mkdtempSync(join(tmpdir(), 'scenario-'));
const file = join(directory, 'mine.yaml');
afterAll(() => rmSync(directory, { recursive: true }));

const HEAD = 'name: mine\ndescription: mine\n';

it('whatever the text, an error is a ScenarioError', () => {
  const word = fc.constantFrom(
    'name',
    'load',
    'quick',
    'servers',
    'cases',
    'ratePerServer',
    'dhcp4',
    '1',
    '-1',
  );
  const sign = fc.constantFrom(
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '&a ',
    '*a',
    '!',
    '"',
    "'",
    '|',
    '#',
  );
  const odd = fc.constantFrom(
    '---\n',
    '...',
    '%YAML 1.1\n',
    '<<',
    '? ',
    '\t',
    '\0',
    '.nan',
    '~',
    '!!set',
    '__proto__',
  );
  const text = fc.oneof(
    fc.array(fc.oneof(word, sign, sign, odd), { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json(),
    fc.anything().map((value) => `${HEAD}load: ${fc.stringify(value)}`),
  );
  fc.assert(
    fc.property(text, text, (content, argument) => {
      writeFileSync(file, content);
      for (const [name, set] of [
        [file, []],
        ['staggered', [argument]],
        ['staggered', [`load=${argument}`]],
      ] as const) {
        try {
          loadScenario(name, { set, quick: true });
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
          expect(error).toBeInstanceOf(HarnessError);
        }
      }
    }),
    { numRuns: 400 },
  );
});
