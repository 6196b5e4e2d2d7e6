import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(CHECKOUT, path), 'utf8');

/** Source files without tests, by path. */
const SOURCES = readdirSync(join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(name))
  .map((name) => `src/${name}`);

/** What is there once a recipe was followed. The pattern finds what names it in the source. */
const EXAMPLES: Readonly<Record<string, { name: string; pattern: RegExp }>> = {
  'a case': { name: 'ia-na-and-pd', pattern: /'dhcp6-ia-na-pd'/ },
  'a figure': { name: 'overtakenReturns', pattern: /overtakenReturns/ },
  'a check that is always on': { name: 'run.memoryGrowth', pattern: /'run\.memoryGrowth'/ },
  'a cause of known failures': { name: 'doubled-abort', pattern: /doubled-abort|doubledAbort/ },
  'a flavor': { name: 'plain', pattern: /^ +isolated: |ISOLATED/m },
  'a fault': { name: 'isolate', pattern: /\bisolate\b(?!d)/ },
  'a provider': { name: 'docker', pattern: /provider [!=]== 'docker'|\['local', 'docker'|\bDOCKER\b/ },
  'a report format': { name: 'csv', pattern: /(FORMATS|DEFAULT_REPORTS) = \['html'|^ {2}csv: /m },
  // No source file names a scenario because it exists.
  'a scenario': { name: 'several-subnets', pattern: /several-subnets/ },
};

interface Named {
  path: string;
  /** The file is opened only in some cases. */
  isOptional: boolean;
}

/** The files that each recipe names. */
const RECIPES = new Map(
  read('CONTRIBUTING.md')
    .split(/^### Add /m)
    .slice(1)
    .map((section): [string, Named[]] => {
      const [title = ''] = section.split('\n');
      const items = section.split(/^- /m).slice(1);
      const files = items.flatMap((item) => {
        const isOptional = /\bif\b/.test(item);
        return Array.from(item.matchAll(/`([\w./-]+\.(?:ts|md|yaml))`/g), ([, path = '']) => ({
          path,
          isOptional,
        }));
      });
      return [title, files];
    }),
);

it('there is a recipe for everything that is often added', () => {
  expect([...RECIPES.keys()]).toEqual(Object.keys(EXAMPLES));
});

describe.each(Object.entries(EXAMPLES))('the recipe for %s', (title, { name, pattern }) => {
  const files = (RECIPES.get(title) ?? []).map(({ path, ...file }) => ({
    ...file,
    isMade: path.includes('NAME'),
    path: path.replace('NAME', name),
  }));

  it('names files that exist', () => {
    // A flavor and a scenario need not have the same name.
    const missing = files.filter(
      ({ path, isMade }) => !(isMade && path.endsWith('.yaml')) && !existsSync(join(CHECKOUT, path)),
    );
    expect(missing).toEqual([]);
  });

  it('names every source file that it touches, and no other', () => {
    const touched = SOURCES.filter((path) => pattern.test(read(path)));
    const named = files.filter(({ path }) => path.startsWith('src/'));
    expect(named.map(({ path }) => path)).toEqual(expect.arrayContaining(touched));
    const always = named.filter(({ isOptional }) => !isOptional).map(({ path }) => path);
    expect(touched).toEqual(expect.arrayContaining(always));
  });
});
