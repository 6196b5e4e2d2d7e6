import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted } from './fitted.js';

const DOWNLOAD = {
  text: 'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into /home/somebody/.cache/kea, once…',
  end: '45%',
};

describe('fitting a line into columns', () => {
  it.each([
    [120, `${DOWNLOAD.text} 45%`],
    [79, 'Downloading 63 packages, 56.1 MB (at most 345 MB unpacked) into… 45%'],
    [39, 'Downloading 63 packages, 56.1 MB… 45%'],
    [14, '… 45%'],
    [3, '45%'],
  ])('in %i columns keeps its end', (columns, line) => expect(fitted(DOWNLOAD, columns)).toBe(line));

  it('keeps a figure and its name together', () => {
    const text = '  dhcp6-ia-na  12 s left  1200 sent  1199 answered  99/119 leased  dup 33, 0';
    expect(fitted({ text }, 39)).toBe('  dhcp6-ia-na  12 s left  1200 sent…');
    expect(fitted({ text: '  dhcp6-ia-na  12 s left' }, 10)).toBe('…');
  });

  it('never breaks a word, and never exceeds the columns', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,20}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 8, max: 90 }), (words, columns) => {
        const line = fitted({ text: words.join(' '), end: '7%' }, columns);
        expect(line.length).toBeLessThanOrEqual(columns);
        expect(line.endsWith('7%')).toBe(true);
        const kept = line
          .replace(/…? 7%$/, '')
          .split(' ')
          .filter((one) => one !== '');
        expect(kept).toEqual(words.slice(0, kept.length));
      }),
    );
  });
});
