import { CHECK_NAMES } from '../../results/check-names.js';
import { witnessesUnder } from '../../results/witness.js';
import type { Result } from '../../results/result.js';
import { lackOf } from '../../results/source-whole.js';
import type { InconclusiveAs } from '../../scenario/report-names.js';
import { unexpectedFailures } from '../result/unexpected-failures.js';
import { numberedIn, witnessSentence } from '../words/witness-text.js';
import { element, type XmlElement } from './xml.js';

/** The test cases of one run: one for each check, then one for each expected figure. */

type Check = Result['checks'][number];

export interface CasesOptions {
  /** The name of the run in the report. */
  name: string;
  inconclusive: InconclusiveAs;
  /** The path of the page of the run; undefined if there is no page. */
  page: string | undefined;
}

export function testCases(result: Result, options: CasesOptions): XmlElement[] {
  const byDesign = new Set(failuresByDesign(result));
  const checks = result.checks.filter((check) => !byDesign.has(check));
  return [
    ...(result.expectedVerdict === 'fail' ? [controlCase(result, [...byDesign], options)] : []),
    ...checks.map((check) => checkCase(result, check, options)),
    ...(result.reproduction?.figures ?? []).map((figure) => figureCase(result, figure, options)),
  ];
}

/** The failed checks that a negative control is made to fail. They are not reported as failures. */
function failuresByDesign(result: Result): Check[] {
  if (result.expectedVerdict !== 'fail') return [];
  const unexpected = unexpectedFailures(result);
  return result.checks.filter(({ name, verdict }) => verdict === 'fail' && !unexpected.includes(name));
}

/** The test case of a negative control. It passes if a check failed as intended. */
function controlCase(
  result: Result,
  found: readonly Check[],
  { name, inconclusive }: CasesOptions,
): XmlElement {
  const attributes = { classname: name, name: 'the control holds' };
  const { outcome } = result;
  const lack = lackOf(result);
  if (lack !== undefined)
    return element('testcase', attributes, [
      open(`parts of the run are missing: ${lack.actual}`, '', inconclusive),
    ]);
  if (found.length > 0) {
    const text = found.map((check) => `${check.name}: ${expectedFound(check)}`).join('\n');
    return element('testcase', attributes, [element('system-out', {}, text)]);
  }
  const message = 'no violation was found in the negative control';
  if (outcome === 'control not held')
    return element('testcase', attributes, [element('failure', { type: outcome, message }, message)]);
  return element('testcase', attributes, [open(`${message}, as the run is inconclusive`, '', inconclusive)]);
}

/**
 * Checks about the run itself. They break by a crash or a missing part, which says nothing about leases, so JUnit
 * gets an error and not a failure.
 */
const ABOUT_THE_RUN: ReadonlySet<string> = new Set(['run.deaths', 'run.endedEarly', 'source.complete']);

function checkCase(result: Result, check: Check, options: CasesOptions): XmlElement {
  const attributes = { classname: [options.name, ...placeOf(check)].join('.'), name: caseName(check) };
  return element('testcase', attributes, outcomeOf(result, check, options));
}

function outcomeOf(result: Result, check: Check, options: CasesOptions): XmlElement[] {
  const { verdict, name, known } = check;
  const message = expectedFound(check);
  if (known !== undefined) return [element('system-out', {}, `known: ${known.text}\n${message}`)];
  if (verdict === 'pass') return [];
  const text = [message, ...witnessesOf(result, check), ...pageLine(options)].join('\n');
  if (ABOUT_THE_RUN.has(name)) return [element('error', { type: name, message }, text)];
  if (verdict === 'inconclusive') return [open(message, text, options.inconclusive)];
  return [element('failure', { type: name, message }, text)];
}

/** The test case of an expected figure. The figure is judged only if the premises were kept. */
function figureCase({ reproduction }: Result, figure: Check, options: CasesOptions): XmlElement {
  const attributes = { classname: `${options.name}.reproduction`, name: caseName(figure) };
  const message = expectedFound(figure);
  const why = reproduction?.reason ?? '';
  const text = [message, why, ...pageLine(options)].join('\n');
  const outcome = {
    pass: () => [],
    fail: () => [element('failure', { type: 'not reproduced', message }, text)],
    inconclusive: () => [open(`${message}; ${why}`, text, options.inconclusive)],
  }[figure.verdict]();
  return element('testcase', attributes, outcome);
}

function open(message: string, text: string, inconclusive: InconclusiveAs): XmlElement {
  return inconclusive === 'skip'
    ? element('skipped', { message: `can't tell: ${message}` })
    : element('failure', { type: 'inconclusive', message }, text === '' ? message : text);
}

function placeOf({ case: caseName, phase }: Check): string[] {
  return [caseName, phase].filter((part) => part !== '');
}

/**
 * A check of the scenario may apply to several cases. Its text alone is not unique then, so the name gets the case
 * and phase.
 */
function caseName(check: Check): string {
  const place = placeOf(check);
  const isOwn = !CHECK_NAMES.some((name) => name === check.name);
  return isOwn && place.length > 0 ? `${check.name} (${place.join(' ')})` : check.name;
}

function expectedFound({ expected, actual }: Check): string {
  return `expected ${expected}; found ${actual}`;
}

const WITNESSES_SHOWN = 5;

/** The first witnesses of a check: lease, clients, servers, times. */
function witnessesOf({ cases, source, faults }: Result, check: Check): string[] {
  const witnesses = cases.flatMap((one) => one.witnesses.map((witness) => ({ ...witness, case: one.name })));
  const numbered = numberedIn({ source });
  return witnessesUnder(check, witnesses)
    .slice(0, WITNESSES_SHOWN)
    .map((witness) => witnessSentence(witness, numbered, faults?.faults));
}

function pageLine({ page }: CasesOptions): string[] {
  return page === undefined ? [] : [`page: ${page}`];
}
