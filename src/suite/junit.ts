import { suiteOfFailure, testSuite, testSuites, type InconclusiveAs } from '../report/junit/junit.js';
import { element, xmlDocument, type XmlElement } from '../report/junit/xml.js';
import { comparisonSuite } from '../compare/junit.js';
import type { Comparisons } from '../compare/comparison.js';
import type { Result } from '../results/result.js';
import { suiteName, type SuiteMember } from './headline.js';
import { isOfRate } from '../report/rates/words.js';
import { triesText } from './run-text.js';
import type { RunFailure, Suite, SuiteRun } from '../report/suite-result.js';

/**
 * `junit.xml` of a suite, with a test suite for each run. A negative control that held is no failure.
 *
 * @param compared the comparison with a baseline, if there is one; it gets a test suite too
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

/** The failure of a run without a stored reason, as in a suite of an older version. */
const UNTOLD: RunFailure = { code: 'UNKNOWN', message: 'the run could not be made' };

function ofMember(member: SuiteMember, inconclusive: InconclusiveAs): XmlElement {
  const { run } = member;
  const result = withOther(member);
  const { name, outcome, failure } = run;
  if (result === undefined) {
    const missing = suiteOfFailure(name, failure ?? UNTOLD, outcome === 'skipped' ? 'skipped' : 'error');
    return withMore(missing, propertiesOf({ run, result }));
  }
  if (isOfRate(outcome)) return atRate(run, result);
  const own = testSuite(result, { inconclusive, inSuite: { name }, page: pageOf(run, result) });
  return withMore(own, propertiesOf({ run, result }));
}

/** The result with a check more where its directory holds another run than the suite tells of. */
function withOther({ result, other }: SuiteMember): Result | undefined {
  if (result === undefined || other === undefined) return result;
  const expected = 'the run that suite.json tells of';
  const check = {
    name: 'suite.run',
    case: '',
    phase: '',
    expected,
    actual: other,
    verdict: 'inconclusive',
  } as const;
  return { ...result, checks: [...result.checks, check] };
}

/** The path of a run's page, relative to the suite's directory. Undefined if the run wrote no page. */
function pageOf({ directory }: SuiteMember['run'], { scenario }: Result): string | undefined {
  const formats = scenario.effective['reports'];
  return Array.isArray(formats) && formats.includes('html') ? `${directory}/report.html` : undefined;
}

/**
 * The test suite of a rate that did not hold, was not driven, or can't be told. Its broken checks are skipped, not failed: a violation of conformance
 * gives the run another outcome.
 */
function atRate(run: SuiteRun, result: Result): XmlElement {
  const checks = result.checks.map((check) =>
    check.verdict === 'pass'
      ? check
      : { ...check, verdict: 'inconclusive' as const, actual: `${check.actual}; the rate: ${run.outcome}` },
  );
  const own = testSuite({ ...result, checks }, { inconclusive: 'skip', inSuite: { name: run.name } });
  return withMore(own, propertiesOf({ run, result }));
}

/** Properties that the suite adds to those of the run: its tries, and its outcome if there is no result. */
function propertiesOf({ run, result }: Pick<SuiteMember, 'run' | 'result'>): XmlElement[] {
  const told: [string, string][] = [
    ...(result === undefined ? [['outcome', run.outcome] as [string, string]] : []),
    ...triesText(run).map((text): [string, string] => {
      const [name = '', value = ''] = text.split(': ');
      return [name, value];
    }),
  ];
  return told.map(([name, value]) => element('property', { name, value }));
}

/** A copy of the test suite with more properties. */
function withMore({ attributes, content }: XmlElement, properties: readonly XmlElement[]): XmlElement {
  const children = typeof content === 'string' ? [] : content;
  const before = children.find(({ name }) => name === 'properties')?.content ?? [];
  const all = [...(typeof before === 'string' ? [] : before), ...properties];
  return element('testsuite', attributes, [
    element('properties', {}, all),
    ...children.filter((child) => child.name !== 'properties'),
  ]);
}
