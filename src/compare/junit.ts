import { testSuiteOf, type InconclusiveAs } from '../report/junit/junit.js';
import { element, type XmlElement } from '../report/junit/xml.js';
import type { Comparison, Comparisons } from './comparison.js';

/**
 * The test suite `baseline` with a test case for each run, also for one that is missing here. Its failure lists
 * everything that got worse. The name of a test case stays the same from night to night.
 */
export function comparisonSuite(
  { comparisons, missing = [] }: Comparisons,
  inconclusive: InconclusiveAs,
): XmlElement {
  const testCase = (name: string, children: XmlElement[]) =>
    element('testcase', { classname: 'baseline', name }, children);
  const cases = [
    ...comparisons.map((one) => testCase(one.name, outcomeOf(one, inconclusive))),
    ...missing.map((name) => testCase(name, notCompared(['the run has no result'], inconclusive))),
  ];
  return testSuiteOf('baseline', {}, cases);
}

function outcomeOf(
  { outcome, regressions, reasons }: Comparison,
  inconclusive: InconclusiveAs,
): XmlElement[] {
  switch (outcome) {
    case 'no-regression':
      return [];
    case 'regression':
      return [
        element('failure', { type: 'regression', message: regressions.join('; ') }, regressions.join('\n')),
      ];
    case 'not-comparable':
      return notCompared(reasons, inconclusive);
  }
}

function notCompared(reasons: readonly string[], inconclusive: InconclusiveAs): XmlElement[] {
  const message = `can't compare: ${reasons.join('; ')}`;
  return inconclusive === 'skip'
    ? [element('skipped', { message })]
    : [element('failure', { type: 'inconclusive', message }, message)];
}
