import { faultSentence, metSentences, sentencesBeside } from '../words/faults.js';
import { leaseDatabaseSettings } from '../words/lease-database.js';
import type { InconclusiveAs } from '../../scenario/report-names.js';
import { testCases } from './junit-cases.js';
import type { Result } from '../../results/result.js';
import type { RunFailure } from '../suite-result.js';
import { element, xmlDocument, type XmlElement } from './xml.js';
import { secondsTaken } from '../words/took.js';

export type { InconclusiveAs };

export interface JunitOptions {
  inconclusive?: InconclusiveAs;
  /** The path of the page, shown with each failure; none by default. */
  page?: string | undefined;
  /** The name of the run in its suite, if it is part of one. */
  inSuite?: { name: string };
}

/** `junit.xml` of one run, with a test case for each check. */
export function junitReport(result: Result, options: JunitOptions = {}): string {
  return xmlDocument(testSuites(result.scenario.name, [testSuite(result, options)]));
}

/** `junit.xml` of a run that could not be made: one test case with an error. */
export function junitOfFailure(scenario: string, failure: RunFailure): string {
  return xmlDocument(testSuites(scenario, [suiteOfFailure(scenario, failure, 'error')]));
}

/** The test suite of a run that could not be made: one test case, in error or skipped. */
export function suiteOfFailure(
  name: string,
  { code, message, hint }: RunFailure,
  as: 'error' | 'skipped',
): XmlElement {
  const outcome =
    as === 'error'
      ? element('error', { type: code, message }, hint === undefined ? message : `${message}\n${hint}`)
      : element('skipped', { message: `${code}: ${message}` });
  return testSuiteOf(name, {}, [
    element('testcase', { classname: name, name: 'the run can be made' }, [outcome]),
  ]);
}

/** The root element of several test suites. Its counts are the sums of their counts. */
export function testSuites(name: string, suites: readonly XmlElement[]): XmlElement {
  const total = (attribute: string) =>
    suites.reduce((sum, { attributes }) => sum + Number(attributes[attribute] ?? 0), 0);
  const counts = Object.fromEntries(
    ['tests', 'failures', 'errors', 'skipped'].map((one) => [one, String(total(one))]),
  );
  return element('testsuites', { name, ...counts, time: total('time').toFixed(3) }, suites);
}

/** The test suite of one run. Its properties hold the settings and versions of the run. */
export function testSuite(
  result: Result,
  { inconclusive = 'skip', page, inSuite }: JunitOptions,
): XmlElement {
  const name = inSuite?.name ?? result.scenario.name;
  const properties = propertiesOf(result).map(([key, value]) => element('property', { name: key, value }));
  return testSuiteOf(name, timesOf(result), [
    element('properties', {}, properties),
    ...testCases(result, { name, inconclusive, page }),
  ]);
}

/** A test suite that counts its test cases by result. */
export function testSuiteOf(
  name: string,
  attributes: Record<string, string>,
  children: readonly XmlElement[],
): XmlElement {
  const cases = children.filter((child) => child.name === 'testcase');
  const having = (outcome: string) =>
    String(
      cases.filter(
        ({ content }) => typeof content !== 'string' && content.some((one) => one.name === outcome),
      ).length,
    );
  const counts = {
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
  return element('testsuite', { name, ...counts, ...attributes }, children);
}

/**
 * The times of the run. A test case has no time, as the time of one check is not measured (junit-10.xsd allows that).
 */
function timesOf({ startedAt, finishedAt }: Result): Record<string, string> {
  if (startedAt === null) return {};
  const timestamp = startedAt;
  const seconds = secondsTaken(startedAt, finishedAt);
  return seconds === null ? { timestamp } : { timestamp, time: seconds.toFixed(3) };
}

function propertiesOf({
  tool,
  scenario,
  outcome,
  verdict,
  reproduction,
  expectedVerdict,
  environment,
  source,
  faults,
}: Result): [string, string][] {
  const run: [string, string][] = [
    ['outcome', outcome],
    ['verdict', verdict],
    ...(reproduction === null ? [] : [['reproduction', reproduction.verdict] as [string, string]]),
    ['expectedVerdict', expectedVerdict],
    [tool.name, tool.version],
    ['seed', String(scenario.seed ?? 'unknown')],
    ['argv', scenario.argv.join(' ')],
    ['scenario', JSON.stringify(scenario.effective)],
    ...(faults?.faults ?? []).map((one, index): [string, string] => [
      `fault.${index + 1}`,
      [faultSentence(one), ...metSentences(one)].join('; '),
    ]),
    ...sentencesBeside({ scenario, environment, faults }).map((text, index): [string, string] => [
      `besideFaults.${index + 1}`,
      text,
    ]),
  ];
  if (environment === null) return [...run, ['source', (source?.files ?? []).join(', ')]];
  const { kea, database, proxy, node, cpus } = environment;
  return [
    ...run,
    ['kea.version', kea.version],
    ['kea.allocator', kea.allocator],
    ['kea.threads', String(kea.threads)],
    ...leaseDatabaseSettings({ scenario, faults }),
    ['database.flavor', database.flavor],
    ['database.version', database.version],
    ['database.wsrepProvider', database.wsrepProvider],
    ...Object.entries(database.settings).map(([name, value]): [string, string] => [
      `database.settings.${name}`,
      String(value),
    ]),
    ...(typeof proxy === 'string' ? [['proxy', proxy] as [string, string]] : []),
    ['node', node],
    ['cpus', String(cpus)],
  ];
}
