import { testSuiteOf, type InconclusiveAs } from '../report/junit/junit.js';
import { element, type XmlElement } from '../report/junit/xml.js';
import type { Comparison, Comparisons } from './comparison.js';

/**
 * The test suite `baseline` with a test case for each run. Its failure lists everything that got worse. The name of a
 * test case stays the same from night to night.
 */
export function comparisonSuite({ comparisons }: Comparisons, inconclusive: InconclusiveAs): XmlElement {
  const cases = comparisons.map((one) =>
    element('testcase', { classname: 'baseline', name: one.name }, outcomeOf(one, inconclusive)),
  );
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
    case 'not-comparable': {
      const message = `can't compare: ${reasons.join('; ')}`;
      return inconclusive === 'skip'
        ? [element('skipped', { message })]
        : [element('failure', { type: 'inconclusive', message }, message)];
    }
  }
}
