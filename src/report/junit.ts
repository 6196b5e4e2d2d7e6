import { CHECK_NAMES } from '../analysis/model.js';
import type { InconclusiveAs } from '../scenario/schema/reports.js';
import type { Result } from './result.js';
import type { RunFailure } from './suite/suite-result.js';
import { element, xmlDocument, type XmlElement } from './xml.js';

type Check = Result['checks'][number];

export type { InconclusiveAs };

export interface JunitOptions {
  inconclusive?: InconclusiveAs;
  /** In a suite: what the run is called there, and how a negative control has ended. */
  inSuite?: { name: string; control: 'control held' | 'control not held' | undefined };
}

/** Checks about the run itself: what breaks them is a crash or a missing part, and says nothing about leases. */
const ABOUT_THE_RUN: ReadonlySet<string> = new Set(['run.deaths', 'run.endedEarly', 'source.complete']);

/** `junit.xml` of one run: a test case a check. */
export function junitReport(result: Result, options: JunitOptions = {}): string {
  return xmlDocument(testSuites(result.scenario.name, [testSuite(result, options)]));
}

/** `junit.xml` of a run that came to nothing: one test case with an error. */
export function junitOfFailure(scenario: string, failure: RunFailure): string {
  return xmlDocument(testSuites(scenario, [suiteOfFailure(scenario, failure, 'error')]));
}

/** A run that could not be made: one test case, in error or passed over. */
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
    element('testcase', { classname: name, name: 'the run is made', time: '0' }, [outcome]),
  ]);
}

/** Several suites under one root, whose counts are theirs added up. */
export function testSuites(name: string, suites: readonly XmlElement[]): XmlElement {
  const total = (attribute: string) =>
    suites.reduce((sum, { attributes }) => sum + Number(attributes[attribute] ?? 0), 0);
  const counts = Object.fromEntries(
    ['tests', 'failures', 'errors', 'skipped'].map((one) => [one, String(total(one))]),
  );
  return element('testsuites', { name, ...counts, time: total('time').toFixed(3) }, suites);
}

/** One run, with what it ran on and with which settings as properties. */
export function testSuite(result: Result, { inconclusive = 'skip', inSuite }: JunitOptions): XmlElement {
  const name = inSuite?.name ?? result.scenario.name;
  const cases =
    inSuite?.control === undefined
      ? result.checks.map((check) => testCase(name, check, inconclusive))
      : controlCases(name, result.checks, inSuite.control, inconclusive);
  const { startedAt, finishedAt } = result;
  const seconds =
    startedAt === null || finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  const attributes = {
    ...(startedAt === null ? {} : { timestamp: startedAt }),
    time: seconds.toFixed(3),
  };
  const properties = propertiesOf(result).map(([key, value]) => element('property', { name: key, value }));
  return testSuiteOf(name, attributes, [element('properties', {}, properties), ...cases]);
}

/** With its test cases counted by what became of them. */
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
  return element('testsuite', { name, ...counts, time: '0', ...attributes }, children);
}

/** What a control breaks on purpose is no failure: one test case tells whether anything of it was found. */
function controlCases(
  name: string,
  checks: readonly Check[],
  control: 'control held' | 'control not held',
  inconclusive: InconclusiveAs,
): XmlElement[] {
  const broken = checks.filter(({ verdict }) => verdict === 'fail');
  const found = broken.map((check) => `${check.name}: expected ${check.expected}; found ${check.actual}`);
  const message = 'nothing was found in a run that is made to fail';
  const outcome =
    control === 'control held'
      ? element('system-out', {}, found.join('\n'))
      : element('failure', { type: control, message }, message);
  return [
    element('testcase', { classname: name, name: 'the control holds', time: '0' }, [outcome]),
    ...checks.filter((check) => !broken.includes(check)).map((check) => testCase(name, check, inconclusive)),
  ];
}

function testCase(scenario: string, check: Check, inconclusive: InconclusiveAs): XmlElement {
  const place = [check.case, check.phase].filter((part) => part !== '');
  // A check that the scenario states may name several cases, so that its text alone is not unique.
  const isOwn = !CHECK_NAMES.some((name) => name === check.name);
  const name = isOwn && place.length > 0 ? `${check.name} (${place.join(' ')})` : check.name;
  const attributes = { classname: [scenario, ...place].join('.'), name, time: '0' };
  return element('testcase', attributes, outcome(check, inconclusive));
}

function outcome({ verdict, name, expected, actual }: Check, inconclusive: InconclusiveAs): XmlElement[] {
  const message = `expected ${expected}; found ${actual}`;
  if (verdict === 'pass') return [];
  if (ABOUT_THE_RUN.has(name)) return [element('error', { type: name, message }, message)];
  if (verdict === 'inconclusive' && inconclusive === 'skip') {
    return [element('skipped', { message: `can't tell: ${message}` })];
  }
  const type = verdict === 'fail' ? name : 'inconclusive';
  return [element('failure', { type, message }, message)];
}

function propertiesOf({
  tool,
  scenario,
  verdict,
  expectedVerdict,
  environment,
  source,
}: Result): [string, string][] {
  const run: [string, string][] = [
    ['verdict', verdict],
    ['expectedVerdict', expectedVerdict],
    [tool.name, tool.version],
    ['seed', String(scenario.seed ?? 'unknown')],
    ['argv', scenario.argv.join(' ')],
    ['scenario', JSON.stringify(scenario.effective)],
  ];
  if (environment === null) return [...run, ['source', (source?.files ?? []).join(', ')]];
  const { kea, database, node, cpus } = environment;
  return [
    ...run,
    ['kea.version', kea.version],
    ['kea.allocator', kea.allocator],
    ['kea.threads', String(kea.threads)],
    ['database.flavor', database.flavor],
    ['database.version', database.version],
    ['database.wsrepProvider', database.wsrepProvider],
    ...Object.entries(database.settings).map(([name, value]): [string, string] => [
      `database.settings.${name}`,
      String(value),
    ]),
    ['node', node],
    ['cpus', String(cpus)],
  ];
}
