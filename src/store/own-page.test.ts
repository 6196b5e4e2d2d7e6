import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TOOL } from '../tool.js';
import { replaceOwnPage, titleOfOwnPage } from './own-page.js';

const page = (title: string) =>
  `<meta name="generator" content="${TOOL.name} ${TOOL.version}"><title>${title}</title>`;

describe('a page at a place that a user names', () => {
  let directory = '';
  const at = (name: string) => join(directory, name);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'own-page-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is written where nothing is, and replaces an earlier one', () => {
    for (const title of ['PASS first', 'FAIL second']) {
      replaceOwnPage(at('page.html'), page(title));
      expect(titleOfOwnPage(at('page.html'))).toBe(title);
    }
  });

  it('never replaces another file, such as the result of a run', () => {
    for (const [name, text] of [
      ['result.json', '{}'],
      ['index.html', '<title>mine</title>'],
    ] as const) {
      writeFileSync(at(name), text);
      expect(() => replaceOwnPage(at(name), page('x'))).toThrow(expect.objectContaining({ code: 'USAGE' }));
      expect(readFileSync(at(name), 'utf8')).toBe(text);
    }
  });

  it('replaces a page of its own kind only: a comparison is no newer state of a report', () => {
    const kinds = [
      ['PASS life', 'INTERRUPTED life · reproduced'],
      ['Runs', 'Runs'],
      ['Trend', 'RED Trend'],
      ['Timeline of exchanges · life', 'Timeline of exchanges · other'],
      ['FIT cluster check', 'UNFIT cluster check'],
      ['CAN&#39;T COMPARE life against galera', 'REGRESSION of 5 runs'],
    ] as const;
    for (const [first] of kinds)
      for (const [other, newer] of kinds) {
        writeFileSync(at('page.html'), page(first));
        const replace = () => replaceOwnPage(at('page.html'), page(newer));
        if (first === other) expect(replace).not.toThrow();
        else expect(replace).toThrow(expect.objectContaining({ code: 'USAGE' }));
        expect(titleOfOwnPage(at('page.html'))).toBe(first === other ? newer : first);
      }
  });

  it('never replaces what is no regular file', () => {
    execFileSync('mkfifo', [at('fifo')]);
    expect(() => replaceOwnPage(at('fifo'), page('x'))).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(lstatSync(at('fifo')).isFIFO()).toBe(true);
    symlinkSync(at('nowhere'), at('broken'));
    expect(() => replaceOwnPage(at('broken'), page('x'))).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('leaves a link to a page a link', () => {
    replaceOwnPage(at('page.html'), page('first'));
    symlinkSync(at('page.html'), at('latest.html'));
    replaceOwnPage(at('latest.html'), page('second'));
    expect(lstatSync(at('latest.html')).isSymbolicLink()).toBe(true);
    expect(titleOfOwnPage(at('page.html'))).toBe('second');
  });

  it('a page below a file, or in a directory that may not be entered, is refused in plain words', () => {
    const file = join(directory, 'file');
    writeFileSync(file, 'mine');
    expect(() => replaceOwnPage(join(file, 'index.html'), 'page')).toThrow(/its parent is not a directory/);
    expect(() => replaceOwnPage(join(file, 'index.html'), 'page')).toThrow(
      expect.objectContaining({ code: 'STORAGE' }),
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
