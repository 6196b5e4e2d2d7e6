import { suiteOfFailure, testSuite, testSuites, type InconclusiveAs } from '../junit.js';
import { xmlDocument, type XmlElement } from '../xml.js';
import { comparisonSuite } from '../compare/junit.js';
import type { Comparisons } from '../compare/model.js';
import type { Result } from '../result.js';
import { suiteName, type SuiteMember } from './headline.js';
import type { RunFailure, Suite } from './suite-result.js';

/**
 * `junit.xml` of a suite: a test suite a run, in which a negative control that held is no failure.
 *
 * @param compared one more test suite, where the runs were held against a baseline
 */
export function suiteJunit(
  suite: Suite,
  members: readonly SuiteMember[],
  inconclusive: InconclusiveAs,
  compared?: Comparisons,
): string {
  return xmlDocument(
    testSuites(suiteName(suite), [
      ...members.map((member) => ofMember(member, inconclusive)),
      ...(compared === undefined ? [] : [comparisonSuite(compared, inconclusive)]),
    ]),
  );
}

/** What an older suite does not tell. */
const UNTOLD: RunFailure = { code: 'UNKNOWN', message: 'the run could not be made' };

function ofMember({ run, result }: SuiteMember, inconclusive: InconclusiveAs): XmlElement {
  const { name, outcome, failure } = run;
  if (result === undefined)
    return suiteOfFailure(name, failure ?? UNTOLD, outcome === 'skipped' ? 'skipped' : 'error');
  return testSuite(result, { inconclusive, inSuite: { name }, page: pageOf(run, result) });
}

/** From the suite's directory. */
function pageOf({ directory }: SuiteMember['run'], { scenario }: Result): string | undefined {
  const formats = scenario.effective['reports'];
  return Array.isArray(formats) && formats.includes('html') ? `${directory}/report.html` : undefined;
}
