import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rehearse } from '../../test/support/rehearsal.js';
import { ownWords, shownCommands, type ShownCommand } from '../../test/support/shown-commands.js';
import { CHECK_NAMES } from '../results/check-names.js';
import { parseDocument } from '../scenario/language/document.js';
import { loadScenarioText } from '../scenario/load.js';
import { isSuite } from '../scenario/suites/is-suite.js';
import { loadSuiteText } from '../scenario/suites/load.js';
import { ERROR_MEANINGS } from '../error-meanings.js';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['README.md', 'CONTRIBUTING.md', 'docker/README.md', 'reports/README.md', ...below('docs')].map(
  (path) => ({
    path,
    text: readFileSync(join(CHECKOUT, path), 'utf8'),
  }),
);

function below(directory: string): string[] {
  return readdirSync(join(CHECKOUT, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(directory, name));
}

/** A page without its code: links and headings are looked for outside of code. */
function prose(text: string): string {
  return text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]#]/g, ' '));
}

/** The anchors of a page's headings, by the rules of GitHub. */
function anchorsOf(text: string): string[] {
  const plain = text.replace(/^```.*?^```$/gms, '');
  return Array.from(plain.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Every link and picture of a page whose target is a file of the checkout. */
function linksOf(text: string): string[] {
  const inMarkdown = Array.from(prose(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  const inHtml = Array.from(text.matchAll(/(?:src|srcset|href)="([^"]+)"/g), ([, target = '']) => target);
  return [...inMarkdown, ...inHtml].filter((target) => !/^[a-z]+:/.test(target));
}

function brokenLinks(path: string, text: string): string[] {
  return linksOf(text).filter((target) => {
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : relative(CHECKOUT, resolve(CHECKOUT, dirname(path), file));
    if (!existsSync(join(CHECKOUT, to))) return true;
    const page = PAGES.find((one) => one.path === to);
    return anchor !== undefined && !anchorsOf(page?.text ?? '').includes(anchor);
  });
}

interface Shown extends ShownCommand {
  page: string;
  line: string;
}

/** The commands of every shell block. Continued lines are joined. */
const COMMANDS: Shown[] = PAGES.flatMap(({ path, text }) =>
  Array.from(text.matchAll(/^```sh\n(.*?)^```$/gms), ([, block = '']) => block)
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => shownCommands(line).map((command) => ({ page: path, line, ...command }))),
);
const OURS = COMMANDS.flatMap((command) => {
  const words = ownWords(command);
  return words === undefined ? [] : [{ page: command.page, line: command.line, own: words }];
});

/** Scenarios and suites that a page shows in full. */
const WHOLE = PAGES.flatMap(({ path, text }) =>
  Array.from(text.matchAll(/^```yaml\n(name: (.*?)\n.*?)^```$/gms), ([, block = '', name = '']) => ({
    page: path,
    name,
    text: block,
  })),
);

describe('the pages', () => {
  it.each(PAGES)('$path has no broken links', ({ path, text }) => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  it('lead to nothing that the package lacks, except its sources and tests', () => {
    const { files } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as { files: string[] };
    const isPacked = (path: string) =>
      [...files, 'README.md', 'LICENSE', 'package.json'].some(
        (one) => path === one || path.startsWith(`${one}/`),
      );
    const pages = PAGES.filter(({ path }) => isPacked(path));
    const lacking = pages.flatMap(({ path, text }) =>
      linksOf(text)
        .filter((target) => !target.startsWith('#'))
        .map((target) => relative(CHECKOUT, resolve(CHECKOUT, dirname(path), target.split('#')[0] ?? '')))
        .filter((target) => !/^(src|test)(\/|$)/.test(target) && !isPacked(target))
        .map((target) => `${path}: ${target}`),
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(lacking).toEqual([]);
  });

  it('are all linked from docs/README.md or README.md', () => {
    const led = ['README.md', 'docs/README.md'].flatMap((path) =>
      linksOf(PAGES.find((page) => page.path === path)?.text ?? '').map((target) =>
        relative(CHECKOUT, resolve(CHECKOUT, dirname(path), target.split('#')[0] ?? '')),
      ),
    );
    const alone = PAGES.map(({ path }) => path).filter(
      (path) => path.startsWith('docs/') && !led.includes(path),
    );
    expect(alone.filter((path) => path !== 'docs/README.md')).toEqual([]);
  });

  it.each(OURS)('$page shows a valid command: $line', async ({ own }) => {
    if (own.includes('--help'))
      await expect(rehearse(own.filter((one) => one !== '--help'))).resolves.toBeDefined();
    else await expect(rehearse(own)).resolves.toBeDefined();
  });

  it("let no heading of npm's get into a file or another program", () => {
    const read = COMMANDS.filter(({ program, words }) => program === 'npm' && words[0] === 'start')
      .filter(({ line }) => / [|>] /.test(line.replace(/'[^']*'| #.*/g, '')))
      .filter(({ words }) => words[1] !== '--silent');
    expect(read.map(({ page, line }) => `${page}: ${line}`)).toEqual([]);
  });

  it('name only scripts and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const wrong = COMMANDS.filter(({ program, words: [first = '', second = ''] }) => {
      if (program === 'npm' && first === 'run') return !Object.hasOwn(scripts, second);
      if (program === 'node') return !existsSync(join(CHECKOUT, first));
      return /^\.?\.?\//.test(program) || program.startsWith('.ci/')
        ? !existsSync(join(CHECKOUT, program))
        : false;
    });
    expect(wrong.map(({ page, line }) => `${page}: ${line}`)).toEqual([]);
  });

  it.each(WHOLE)('$page shows a valid scenario or suite: $name', ({ text }) => {
    const file = { path: join(CHECKOUT, 'shown.yaml'), file: 'shown.yaml' };
    const document = parseDocument(text, (line, column) => ({ file: file.file, line, column }));
    const load = isSuite(document) ? loadSuiteText : loadScenarioText;
    expect(() => load(file, text, { set: [], quick: false })).not.toThrow();
  });

  it('troubleshooting.md has a section for each error code, and names only existing checks', () => {
    const text = PAGES.find(({ path }) => path === 'docs/troubleshooting.md')?.text ?? '';
    for (const code of Object.keys(ERROR_MEANINGS)) expect(text).toContain(`\n## ${code}\n`);
    const [, section = ''] = /\n## Inconclusive\n(.*?)\n## /s.exec(text) ?? [];
    const cells = Array.from(section.matchAll(/^\| (`[^|]*) \|/gm), ([, cell = '']) => cell);
    const named = cells.flatMap((cell) => cell.replaceAll('`', '').split(', '));
    expect(named.length).toBeGreaterThan(0);
    expect(CHECK_NAMES).toEqual(expect.arrayContaining(named));
  });
});
