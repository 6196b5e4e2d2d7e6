import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breakable, escaped, html, inertJson, type Content, withCode } from './markup.js';

describe('markup', () => {
  it('escapes plain text, in content and in attributes', () => {
    const hostile = `<script>alert("1")</script>&'`;
    expect(String(html`<td title="${hostile}">${hostile}</td>`)).toBe(
      '<td title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">' +
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</td>',
    );
  });

  it('keeps markup, also in lists, and leaves out missing values', () => {
    const items: Content[] = ['<a>', html`<b>${1}</b>`, [null, undefined, false, '&']];
    expect(String(html`<p>${items}</p>`)).toBe('<p>&lt;a&gt;<b>1</b>&amp;</p>');
  });

  it('leaves ordinary text unchanged', () => {
    expect(escaped('2001:db8::/64, 33.4%')).toBe('2001:db8::/64, 33.4%');
  });

  it('writes JSON that no text can end, and that parses back to the same value', () => {
    const value = { lease: '</script><script>', comment: '<!--', line: '\u2028' };
    const text = String(inertJson(value));
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('text with code', () => {
  it('becomes code between backticks, and is escaped in and around it', () => {
    expect(html`${withCode('see `<a>` & b')}`.toString()).toBe('see <code>&lt;a&gt;</code> &amp; b');
  });
});

describe('an option in code', () => {
  it('is kept in one piece, and the rest is not', () => {
    const text = html`${withCode('`npm start -- run x (--quick) --set cases=[a-b]`')}`.toString();
    expect(text.match(/<span class="option">[^<]*/g)?.map((one) => one.split('>')[1])).toEqual([
      '--',
      '--quick',
      '--set',
    ]);
  });
});

describe('a long name', () => {
  it('breaks at the same places in rows that the script of the page makes', () => {
    const script = readFileSync(new URL('assets/script/elements.js', import.meta.url), 'utf8');
    const source = readFileSync(new URL('markup.ts', import.meta.url), 'utf8');
    const places = (text: string) => text.match(/const (LONG_NAMES|JOINTS) = .*;/g);
    expect(places(script)).toHaveLength(2);
    expect(places(script)).toEqual(places(source));
  });

  const broken = (text: string) => html`${breakable(text)}`.toString().replaceAll('<wbr />', '|');

  it('breaks at dots, slashes, underscores and the humps of camel case, and never inside a word', () => {
    expect(broken('conformance.heldConcurrently does not hold')).toBe(
      'conformance.|held|Concurrently does not hold',
    );
    expect(broken('wsrep_retry_autocommit, reports/published-galera')).toBe(
      'wsrep_|retry_|autocommit, reports/|published-galera',
    );
  });

  it('is left alone where it is short, or has no joints', () => {
    for (const text of [
      'run.interrupted',
      'run.deaths',
      '2001:db8:0:1:2:3:4:5',
      '1,234.5 ms',
      'a'.repeat(40),
    ])
      expect(broken(text)).toBe(text);
  });

  it('is escaped in its parts', () => {
    expect(broken('<script>.alertAboutIt')).toBe('&lt;script&gt;.|alert|About|It');
  });
});
