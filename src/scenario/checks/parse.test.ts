import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_KINDS, JUDGED_PHASES } from '../../protocol/cases.js';
import { type Figure, figureNamed, FIGURES, hasScopes } from '../../results/registry/figures.js';
import { SCOPES } from '../../results/registry/figure.js';
import { COMPARISONS, PHASE_WORDS, type Criterion, type Quantity, type StatedCheck } from './stated-check.js';
import { parseCheck } from './parse.js';
import { printCheck } from './print.js';

describe('a check reads in full as', () => {
  it.each([
    ['dhcp4.REQUEST-ACK.responses >= 95%', 'dhcp4.REQUEST-ACK.responses >= 95%'],
    ['*.DISCOVER-OFFER.duplicatePercent in 30..37', '*.DISCOVER-OFFER.duplicatePercent in 30..37%'],
    ['p99 < 50ms', '*.*.latency.p99 < 50ms'],
    ['dhcp6-ia-na.REQUEST-REPLY.latency.p99 < 0.05s', 'dhcp6-ia-na.REQUEST-REPLY.latency.p99 < 0.05s'],
    ['*.clientsWithLease >= 95%', '*.clientsWithLease >= 95%'],
    ['heldConcurrently==0', '*.heldConcurrently == 0'],
    ['dhcp4.REQUEST-ACK.outcomes.nak <= 240', 'dhcp4.REQUEST-ACK.outcomes.nak <= 240'],
    ['*.*.allAttempts.duplicateLeases == 0', '*.*.allAttempts.duplicateLeases == 0'],
    ['firstAttempt.duplicateLeases != 1', '*.*.duplicateLeases != 1'],
    ['extraAnswers == 0', '*.*.extraAnswers == 0'],
    ['REQUEST-ACK.substituted > 1 %', '*.REQUEST-ACK.substituted > 1%'],
    ['dhcp4.responses > 1', 'dhcp4.*.responses > 1'],
    ['dhcp6-*.first.p50 in 1ms .. 0.5s', 'dhcp6-*.first.latency.p50 in 1ms..0.5s'],
    ['committing.p50 in 1..5ms', '*.committing.latency.p50 in 1..5ms'],
    ['*.REQUEST-*.p50 in 1ms..5', '*.REQUEST-*.latency.p50 in 1..5ms'],
    ['  allocationsPerDistinctLease <= 3.5\n', '*.*.allocationsPerDistinctLease <= 3.5'],
  ])('%s', (text, full) => {
    const { check, problem } = parseCheck(text);
    expect(problem).toBeUndefined();
    expect(check && printCheck(check)).toBe(full);
  });
});

describe('a check that makes no sense', () => {
  it.each<[text: string, column: number, message: string, suggestion?: string]>([
    ['', 1, 'the name of a figure is missing'],
    ['>= 3', 1, 'the name of a figure is missing'],
    ['dhcp4. >= 3', 7, 'the name of a figure is missing'],
    ['respones >= 3', 1, 'there is no figure "respones"', 'responses'],
    ['dhcp4.REQUEST-ACK.respones >= 3', 19, 'there is no figure "respones"', 'responses'],
    ['dhcp4.allAttempts.respones >= 3', 19, 'there is no figure "respones"', 'responses'],
    ['latencyMs.p99 < 1ms', 1, 'there is no figure "latencyMs.p99"', 'latency.p99'],
    ['dhcp4.nak < 1', 7, 'there is no figure "nak"', 'outcomes.nak'],
    ['outcomes.naks < 1', 1, 'there is no figure "outcomes.naks"', 'outcomes.nak'],
    ['colour == 1', 1, 'there is no figure "colour"'],
    ['dhcp4 == 1', 1, 'there is no figure "dhcp4"'],
    ['dhcp5.REQUEST-ACK.responses > 1', 1, 'there is no case "dhcp5"', 'dhcp4'],
    ['DHCP4.responses > 1', 1, 'there is no case "DHCP4"', 'dhcp4'],
    ['REQUEST_ACK.responses > 1', 1, 'there is no phase "REQUEST_ACK"', 'REQUEST-ACK'],
    ['dhcp4.REQEST-ACK.responses > 1', 7, 'there is no phase "REQEST-ACK"', 'REQUEST-ACK'],
    ['dhcp4.REQEST-ACK.respones > 1', 7, 'there is no phase "REQEST-ACK"', 'REQUEST-ACK'],
    ['bogus.responses > 1', 1, 'there is no case or phase "bogus"'],
    ['dhcp4.bogus.responses > 1', 7, 'there is no phase "bogus"'],
    ['*.*.alAttempts.responses > 1', 5, 'there is no scope "alAttempts"', 'allAttempts'],
    ['*.*.*.responses > 1', 5, '"*" does not belong here'],
    [
      '*.REQUEST-ACK.clientsWithLease > 1',
      3,
      'clientsWithLease is a figure of the case',
      '*.clientsWithLease',
    ],
    ['allAttempts.extraAnswers > 1', 1, 'extraAnswers has no values by attempt', 'extraAnswers'],
    ['responses', 10, 'an operator and a value must follow responses'],
    ['responses = 1', 11, 'there is no operator "="', '=='],
    ['responses =< 1', 11, 'there is no operator "=<"', '<='],
    ['responses ≥ 1', 11, 'there is no operator "≥"', '>='],
    ['responses between 1 and 2', 11, 'there is no operator "between"', 'in'],
    ['responses IN 1..2', 11, 'there is no operator "IN"', 'in'],
    ['responses >= ', 14, 'a number is missing'],
    ['responses >= many', 14, 'a number is missing'],
    ['responses >= -1', 14, 'no figure is negative'],
    ['responses >= 1.', 15, 'does not belong here'],
    ['responses >= 12345678901', 14, 'the number has more than 9 digits'],
    ['responses in 1', 15, 'a range is two numbers with .. between them'],
    ['responses in 1..', 17, 'a number is missing'],
    ['responses in 2..1', 14, 'the range is reversed'],
    ['p99 in 1s..5ms', 8, 'the range is reversed'],
    ['responses > 1 and < 5', 15, 'does not belong here'],
    ['responses > 1..5', 14, 'does not belong here'],
    ['responses >= 101%', 14, '101% is more than 100%'],
    ['p99 < 50', 9, 'latency.p99 is a time', '50ms'],
    ['p99 < 50%', 9, 'latency.p99 is a time', '50ms'],
    ['p99 < 50 msec', 10, 'there is no unit "msec"', 'ms'],
    ['responses >= 95 percent', 17, 'there is no unit "percent"', '%'],
    ['responses >= 5ms', 15, 'responses is a count, not a time', '5'],
    ['duplicatePercent <= 5s', 22, 'duplicatePercent is a percentage, not a time', '5%'],
    ['duplicateLeases <= 5%', 21, 'duplicateLeases is a count without a total'],
    ['allocationsPerDistinctLease <= 5%', 33, 'allocationsPerDistinctLease is a plain number', '5'],
    ['x'.repeat(201), 1, 'a check has at most 200 characters'],
  ])('%s', (text, column, message, suggestion) => {
    const { problem } = parseCheck(text);
    expect(problem?.message).toContain(message);
    expect(problem?.offset).toBe(column - 1);
    expect(problem?.suggestion).toBe(suggestion);
    if (suggestion !== undefined) expect(problem?.message).toMatch(`; did you mean ${suggestion}?`);
  });
});

it('whatever the text, the parser returns a check or a problem in it', () => {
  const piece = fc.constantFrom(
    ...['dhcp4', 'REQUEST-ACK', '*', '.', '..', 'allAttempts', 'responses', 'latency', 'p99', 'first', ' '],
    ...['<', '<=', '==', 'in', '30', '%', 'ms', '-', '9'.repeat(30), '0.1', '__proto__', 'constructor', '\n'],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 210 }),
    fc.string({ unit: fc.constantFrom('*', 'a', '-', '.'), maxLength: 199 }),
  );
  fc.assert(
    fc.property(text, (one) => {
      const { check, problem } = parseCheck(one);
      if (check !== undefined) expect(parseCheck(printCheck(check)).check).toEqual(check);
      else {
        expect(problem.offset).toBeGreaterThanOrEqual(0);
        expect(problem.offset).toBeLessThanOrEqual(one.length);
      }
    }),
    { numRuns: 2000 },
  );
});

it('a printed check is read as the same check', () => {
  fc.assert(
    fc.property(arbitraryCheck(), (check) => {
      expect(parseCheck(printCheck(check)).check).toEqual(check);
    }),
  );
});

describe('the table of figures', () => {
  it('gives each name to one figure, and describes it', () => {
    const names = FIGURES.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
    expect(new Set(names).size).toBe(names.length);
    for (const figure of FIGURES) {
      expect(figureNamed(figure.name)).toBe(figure);
      expect(figure.description).toMatch(/^.{8,}$/);
    }
  });

  it('has no name that could be read as a case, a phase or a scope', () => {
    const others = [...CASE_KINDS, ...JUDGED_PHASES, ...PHASE_WORDS, ...SCOPES];
    for (const { name } of FIGURES) expect(others).not.toContain(name.split('.')[0]);
  });
});

function arbitraryCheck(): fc.Arbitrary<StatedCheck> {
  return fc
    .record({
      case: fc.constantFrom('*', 'dhcp6-*', ...CASE_KINDS),
      phase: fc.constantFrom('*', '*-ACK', ...JUDGED_PHASES, ...PHASE_WORDS),
      scope: fc.constantFrom(...SCOPES),
      figure: fc.constantFrom(...FIGURES),
    })
    .chain((what) =>
      arbitraryCriterion(what.figure).map((criterion) => ({
        ...what,
        phase: what.figure.of === 'case' ? '*' : what.phase,
        scope: hasScopes(what.figure) ? what.scope : null,
        criterion,
      })),
    );
}

function arbitraryCriterion(figure: Figure): fc.Arbitrary<Criterion> {
  const units: Record<Figure['unit'], readonly Quantity['unit'][]> = {
    count: figure.percentOf === undefined ? [''] : ['', '%'],
    percent: ['%'],
    ms: ['ms', 's'],
    ratio: [''],
  };
  const number = fc.integer({ min: 0, max: 100_000_000 }).map((millionths) => millionths / 1_000_000);
  const quantity = (unit: Quantity['unit']) => number.map((value): Quantity => ({ value, unit }));
  return fc.constantFrom(...units[figure.unit]).chain((unit) =>
    fc.oneof(
      fc.record({ operator: fc.constantFrom(...COMPARISONS), value: quantity(unit) }),
      fc.tuple(quantity(unit), quantity(unit)).map(([a, b]): Criterion => {
        const [from, to] = a.value <= b.value ? [a, b] : [b, a];
        return { operator: 'in', from, to };
      }),
    ),
  );
}
