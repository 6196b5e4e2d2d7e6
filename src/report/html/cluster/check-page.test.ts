import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../kea/advice/advice.js';
import { CHECKED, holds } from '../../cluster-check.test-support.js';
import { clusterCheckPage } from './check-page.js';

const ADVICE: Advice[] = ['random', 'iterative', 'random'].map((present, index) => ({
  ...{ server: `server-${index + 1}`, point: 'allocator', present, advised: 'random' },
  ...{ meaning: 'they race for one lease', weight: present === 'random' ? 'ok' : 'note' },
}));

const page = (result = CHECKED, advice: Advice[] = [], silent: { server: string; reason: string }[] = []) =>
  clusterCheckPage({ result, advice, silent, checkedAt: new Date(0), generator: 'tool 1' });

const sections = (html: string) => [...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
/** The rows of a section's table, each as the texts of its cells. */
function rowsOf(html: string, id: string): string[][] {
  const section = html.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? '';
  return [...section.matchAll(/<tr>([^]*?)<\/tr>/g)]
    .slice(1)
    .map(([, row = '']) =>
      [...row.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell = '']) =>
        cell.replaceAll(/<[^>]*>/g, '').trim(),
      ),
    );
}

describe('the page of a cluster check', () => {
  it('begins with the verdict, what is worst, what to do first, and what was reached', () => {
    const html = page();
    expect(html).toContain('<title>FAIL cluster check</title>');
    expect(/<h1>([^<]*)/.exec(html)?.[1]).toBe('db3: nothing listens on db3 port 3306, and 1 more');
    expect(html.split('</header>')[0]).toContain(
      '2 nodes reached (galera 10.11.14); 1 can&#39;t be reached; Kea&#39;s schema 14.0; 2 of 4 checks do not hold',
    );
    expect(/<\/h1>\s*<p>([^<]*)/.exec(html)?.[1]).toBe('start the node');
    expect(sections(html)).toEqual(['not-held', 'nodes', 'notes', 'settings', 'checks']);
  });

  it('names each node, also one that was not reached, and what does not hold there', () => {
    expect(rowsOf(page(), 'nodes')).toEqual([
      ['db1', 'galera', '10.11.14', 'Primary', '–', '–', '✗ 2', '–', '–'],
      ['db2', 'galera', '10.11.14', 'Primary', '–', '–', '✗ 2', '–', '–'],
      ['db3', '✗ unreached', '–', '–', '–', '–', '–', '–', '–'],
    ]);
  });

  it('has the same findings as the screen, equal ones of several nodes as one', () => {
    expect([...page().matchAll(/<h3>([^<]*)/g)].map(([, text]) => text)).toEqual([
      'db3: nothing listens on db3 port 3306',
      'size db1, db2: expected 3; found 2',
    ]);
  });

  it('says how many servers are not as advised, and names those that did not answer', () => {
    const html = page(CHECKED, ADVICE, [{ server: '/run/kea.sock', reason: 'nobody listens' }]);
    expect(rowsOf(html, 'servers')).toEqual([
      ['✓ ok', 'allocator', 'random', 'random', '2 of 3', ''],
      ['! note', 'allocator', 'iterative', 'random', '1 of 3', 'they race for one lease At server-2.'],
    ]);
    expect(html).toContain('/run/kea.sock: nobody listens');
  });

  it('says that nothing is to be done only where the settings are as advised, too', () => {
    const good = {
      ...CHECKED,
      verdict: 'pass' as const,
      unreachable: [],
      checks: [holds('state', 'db1', 'Primary')],
    };
    const heading = (settings: typeof good.settings, notes: string[]) =>
      page({ ...good, settings, notes }).split('</header>')[0];
    expect(heading([], [])).toContain('Nothing needs to be done.');
    expect(heading(good.settings, [])).toMatch(
      /Look at the settings that are not as advised \(<code>a_setting<\/code>\)\./,
    );
    expect(heading([], ['one'])).toContain('Look at 1 note.');
    const wrong = good.settings.map((one) => ({ ...one, weight: 'wrong' as const }));
    expect(page({ ...good, settings: wrong })).toContain('With a_setting as it is, leases may become wrong.');
  });

  it('folds the settings that are as advised', () => {
    const [one] = CHECKED.settings;
    const both = one === undefined ? [] : [one, { ...one, name: 'good_one', weight: 'ok' as const }];
    const folded = page({ ...CHECKED, settings: both }).split('<summary>1 setting as advised</summary>');
    expect(folded[0]).not.toContain('good_one');
    expect(folded[1]).toContain('good_one');
  });

  it('escapes names', () => {
    const hostile = { ...CHECKED, notes: ['<script>alert(1)</script>'] };
    expect(page(hostile)).not.toContain('<script>alert');
  });
});
