import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BESIDE, FIELDS, placesOfResult } from './fields.js';
import { placesOf } from './places.js';

const { strings } = placesOfResult();

describe('every text of a result', () => {
  it('has a closed set of values, or a treatment in the table', () => {
    const unknown = strings.filter(({ path, values }) => values === undefined && !FIELDS.has(path));
    // `quick` is left out as a whole, so its settings need no treatment.
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  it('that has a treatment exists, and may be any text', () => {
    const open = new Set(strings.filter(({ values }) => values === undefined).map(({ path }) => path));
    const numbers = [...FIELDS].filter(([, treatment]) => ['iaid', 'null', 'leftOut'].includes(treatment));
    const known = new Set([...open, ...numbers.map(([path]) => path), ...Object.keys(BESIDE)]);
    expect([...FIELDS.keys()].filter((path) => !known.has(path))).toEqual([]);
  });
});

it('finds every text in a schema', () => {
  const schema = z.object({
    plain: z.string(),
    word: z.enum(['a', 'b']),
    at: z.iso.datetime(),
    list: z.array(z.union([z.object({ one: z.string() }), z.object({ other: z.string().nullable() })])),
    mapping: z.record(z.string(), z.object({ inner: z.union([z.string(), z.number()]) })),
    pair: z.tuple([z.string(), z.number()]),
    number: z.number(),
  });
  const places = placesOf(schema, ['top']);
  const open = places.strings.filter(({ values }) => values === undefined).map(({ path }) => path);
  expect(open.sort()).toEqual([
    'top.list.N.one',
    'top.list.N.other',
    'top.mapping.NAME.inner',
    'top.pair.N',
    'top.plain',
  ]);
  expect(places.strings.find(({ path }) => path === 'top.word')?.values).toEqual(new Set(['a', 'b']));
  expect(places.strings.find(({ path }) => path === 'top.at')?.values).toBe('time');
  expect(places.mappings).toEqual(new Set(['top.mapping']));
});
