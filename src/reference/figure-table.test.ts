import { describe, expect, it } from 'vitest';
import { resultJsonSchema } from '../results/result.js';
import { type Figure, FIGURES } from '../results/registry/figures.js';
import type { JsonSchema } from './json-schema.js';
import { placesIn } from './places.js';

/** Numbers of a case that no check can name, each with the reason. */
const NO_FIGURES: Readonly<Record<string, string>> = {
  servers: 'a setting',
  clients: 'a setting',
  perhapsDelegated: 'of captures, whose servers may be routers',
  countedElsewhere: 'what another case has in its figures',
  'declines.again': 'of what others recorded, which no scenario checks',
  returns: 'what clients did, and no answer of a server',
  witnesses: 'single findings',
  witnessesOmitted: 'how many findings are shown',
  audit: 'always checked, each kind by itself, after the stated checks',
  published: 'the published figures, which have a tolerance of their own',
  series: 'over time',
  'schedule.firstStartUs': 'a moment',
  'schedule.durationUs': 'exchanges.achievedPerServer says it',
  'schedule.latenessP99Ms': 'the same as schedule.latenessMs.p99',
  'phases.N.latencyMs.timeouts': 'the same as outcomes.timeout',
  'phases.N.refusals.reasons': 'as many as there are reasons',
  'phases.N.perServer': 'as many as there are servers',
};

const CASE = 'cases.N.';

/** The path of every number of a case in `result.json`, relative to the case. */
function numbersOfCases(): string[] {
  return placesIn(resultJsonSchema() as JsonSchema)
    .filter(({ schema }) => isNumber(schema))
    .map(({ path }) => path.join('.'))
    .filter((path) => path.startsWith(CASE))
    .map((path) => path.slice(CASE.length));
}

function isNumber({ type = [], anyOf = [] }: JsonSchema): boolean {
  return [type].flat().some((one) => one === 'integer' || one === 'number') || anyOf.some(isNumber);
}

const isBelow = (path: string, above: string) => path === above || path.startsWith(`${above}.`);

function pathsOf({ of, at }: Figure): string[] {
  const paths = typeof at === 'string' ? [at] : Object.values(at);
  return of === 'case' ? paths : paths.map((path) => `phases.N.${path}`);
}

describe('the table of figures that checks name', () => {
  it('has every number of a case in the result, and no other', () => {
    const named = FIGURES.flatMap(pathsOf);
    const numbers = numbersOfCases();
    const others = Object.keys(NO_FIGURES);
    expect(numbers.filter((path) => !others.some((other) => isBelow(path, other))).sort()).toEqual(
      [...named].sort(),
    );
    expect(others.filter((other) => !numbers.some((path) => isBelow(path, other)))).toEqual([]);
  });
});
