import { expect, it } from 'vitest';
import { pathAt } from './place.js';

const TEXT = JSON.stringify({ Dhcp4: { a: 1, list: [{ b: 'x' }, { c: { d: true } }], e: {} } }, null, 2);

it('finds the path of every key and value at its line and column', () => {
  const places: [string, (string | number)[]][] = [
    ['"a"', ['Dhcp4', 'a']],
    ['1,', ['Dhcp4', 'a']],
    ['"b"', ['Dhcp4', 'list', 0, 'b']],
    ['"x"', ['Dhcp4', 'list', 0, 'b']],
    ['"d"', ['Dhcp4', 'list', 1, 'c', 'd']],
    ['"e"', ['Dhcp4', 'e']],
    ['"Dhcp4"', ['Dhcp4']],
  ];
  for (const [what, path] of places) {
    const before = TEXT.slice(0, TEXT.indexOf(what)).split('\n');
    expect(pathAt(TEXT, before.length, (before.at(-1)?.length ?? 0) + 1), what).toEqual(path);
  }
});

it('names nothing beside and beyond the text', () => {
  expect(pathAt(TEXT, 1, 1)).toEqual([]);
  expect(pathAt(TEXT, 99, 1)).toEqual([]);
});
