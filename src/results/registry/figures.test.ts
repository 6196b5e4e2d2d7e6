import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { count, countOf, percent, scoped, told, whole } from './figure.js';
import { collected, FIGURES, figureNamed, figuresOf, valueOf } from './figures.js';

/** The figures of a phase with these fields. */
const figuresIn = (shape: z.ZodRawShape) => collected(figuresOf('phase', z.object(shape)));

describe('the registry of figures', () => {
  it('names a figure by its path, and has its meaning from the schema', () => {
    const refusals = z.object({ clients: count('clients refused', { percentOf: 'clients' }) });
    expect(figuresIn({ refusals: refusals.nullable() })).toEqual([
      {
        name: 'refusals.clients',
        of: 'phase',
        at: 'refusals.clients',
        unit: 'count',
        percentOf: 'clients',
        description: 'clients refused',
      },
    ]);
  });

  it('makes one figure of the two scopes of a figure', () => {
    const sharing = z.object({ responses: countOf(told(whole, 'requests'), 'answers') });
    const figures = figuresIn({
      firstAttempt: scoped(sharing.describe('first'), 'firstAttempt'),
      allAttempts: scoped(told(sharing, 'attempts'), 'allAttempts'),
    });
    expect(figures).toMatchObject([
      {
        name: 'responses',
        at: { firstAttempt: 'firstAttempt.responses', allAttempts: 'allAttempts.responses' },
      },
    ]);
  });

  it('takes only fields that are entered', () => {
    expect(figuresIn({ servers: whole, name: z.string() })).toEqual([]);
  });

  it.each([
    ['a name', { p50: count('one', { name: 'same' }), p90: count('two', { name: 'same' }) }],
    ['an alias', { p50: count('one', { alias: 'p90' }), p90: count('two') }],
  ])('refuses %s that is defined twice', (_, shape) => {
    expect(() => figuresIn(shape)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('refuses a figure that only one scope has', () => {
    const shape = { firstAttempt: scoped(z.object({ d: percent('half') }), 'firstAttempt') };
    expect(() => figuresIn(shape)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('finds a figure by its name and by its alias', () => {
    expect(figureNamed('p99')).toBe(figureNamed('latency.p99'));
    expect(figureNamed('p98')).toBeUndefined();
  });

  it('has every name once', () => {
    const names = FIGURES.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('the value of a figure', () => {
  const responses = figureNamed('responses');
  if (responses === undefined) throw new Error('no such figure');

  it('is that of first attempts unless another scope is asked for', () => {
    const phase = { firstAttempt: { responses: 3 }, allAttempts: { responses: 5 } };
    expect(valueOf(responses, phase)).toBe(3);
    expect(valueOf(responses, phase, 'allAttempts')).toBe(5);
  });

  it.each([[{ allAttempts: null }], [{ allAttempts: {} }], [{}]])('is null where %j lacks it', (phase) => {
    expect(valueOf(responses, phase, 'allAttempts')).toBeNull();
  });
});
