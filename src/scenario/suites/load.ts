import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { HarnessError } from '../../errors.js';
import { isPath, readScenarioText, suiteFile, suiteNames, type ScenarioFile } from '../catalogue.js';
import { parseDocument, type SourceDocument } from '../language/document.js';
import { explainAll } from '../language/explain.js';
import { loadScenario, type LoadedScenario, type LoadOptions } from '../load.js';
import type { CaseKind } from '../../protocol/cases.js';
import { showPath, type Path } from '../language/paths.js';
import { throwIfAny, type Finding, type Problem } from '../language/problems.js';
import { readBlock, readSet, type Read } from '../language/settings.js';
import { MOST_RUNS, suiteSchema, type SuiteFile } from './schema.js';
import { readShown, type Shown } from './show.js';
import { variantCount, variantsOf, type Variant } from './variants.js';

export interface LoadedSuite {
  readonly name: string;
  readonly description: string;
  readonly show: readonly Shown[];
  /** Whether each run is a row of the table, and not a column. */
  readonly runsAreRows: boolean;
  /**
   * Only for a suite that looks for the highest rate: how many exchanges may go without a timely answer at a rate
   * that holds, in percent.
   */
  readonly maxNoAnswer?: number;
  /** The runs in their order, each checked. */
  readonly runs: readonly SuiteRun[];
  /** The names of the runs that make no sense with the settings of the command line. */
  readonly leftOut: readonly string[];
}

export interface SuiteRun {
  /** The name of the run's directory. */
  readonly name: string;
  /** The heading of the run's column. If each case has a run of its own, the runs of all cases share the column. */
  readonly column: string;
  /** The only case of the column that this run drives; absent where the run drives all of them. */
  readonly onlyCase?: CaseKind;
  readonly loaded: LoadedScenario;
}

/**
 * Loads and checks a suite and the scenario of each of its runs.
 *
 * @param options `set` counts for every run, and overrides what the suite says; a value in which runs differ can't be overridden
 * @throws ScenarioError for all mistakes in the suite, with file, line and column; else for the first run that has a
 *   problem
 */
export function loadSuiteText(file: ScenarioFile, text: string, options: LoadOptions): LoadedSuite {
  const document = documentOf(file, text);
  const suite = check(document);
  const scenarioOf = (named: string): string => (isPath(named) ? resolve(dirname(file.path), named) : named);
  const common = readBlock(suite.set, 'suite', ['set'], document);
  const variants = variantsOf(suite);
  const leftOut = variants.filter(({ onlyWith }) => !goesWith(onlyWith, options.set)).map(({ name }) => name);
  throwIfAny(overriddenHeadings(variants, options.set));
  const chosen = variants.filter(({ name }) => !leftOut.includes(name));
  const runs = chosen.flatMap(({ name, scenario = suite.scenario, set, place }): SuiteRun[] => {
    // `contradictions` has refused a suite with such a run.
    if (scenario === undefined) return [];
    const own = readBlock(set, 'suite', place, document);
    const loaded = loadScenario(scenarioOf(scenario), { ...options, suite: both(common, own) });
    return suite.oneCaseAtATime ? oneByOne(name, loaded) : [{ name, column: name, loaded }];
  });
  const { name, description, show, rows, highestRate } = suite;
  const rated = highestRate === undefined ? {} : { maxNoAnswer: highestRate.maxWithoutTimelyAnswerPercent };
  return {
    name,
    description,
    show: show.map(readShown),
    runsAreRows: rows === 'runs',
    runs,
    leftOut,
    ...rated,
  };
}

/** Whether the command line leaves these paths alone, or gives them these values. */
function goesWith(wanted: Variant['onlyWith'], set: LoadOptions['set'] = []): boolean {
  const given = new Map(
    set.flatMap((argument) => readSet(argument).settings).map(({ path, value }) => [showPath(path), value]),
  );
  return Object.entries(wanted).every(
    ([path, value]) => !given.has(path) || isDeepStrictEqual(given.get(path), value),
  );
}

/** The settings of the command line that would make runs equal whose headings say that they differ. */
function overriddenHeadings(variants: readonly Variant[], set: LoadOptions['set'] = []): Problem[] {
  return set.flatMap((argument) =>
    readSet(argument).settings.flatMap(({ path: keys }): Problem[] => {
      const path = showPath(keys);
      const those = variants.filter((one) => Object.hasOwn(one.set, path));
      const values = new Set(those.map((one) => JSON.stringify(one.set[path])));
      if (values.size < 2) return [];
      const names = those.map(({ name }) => name).join(', ');
      const message = `the runs ${names} differ in ${path}, so one value for all of them would belie their names`;
      return [
        {
          location: { set: argument },
          path,
          message,
          hint: 'leave it out, or run the scenario of the suite alone',
        },
      ];
    }),
  );
}

/** Splits a run into one run for each of its cases. */
function oneByOne(column: string, loaded: LoadedScenario): SuiteRun[] {
  return loaded.scenario.cases.map((kind) => ({
    name: `${column}-${kind}`,
    column,
    onlyCase: kind,
    loaded: { ...loaded, scenario: { ...loaded.scenario, cases: [kind] } },
  }));
}

/** The names and descriptions of the package's suites, sorted by name. Their runs are not loaded, as that takes long. */
export function suiteCatalogue(): { name: string; description: string }[] {
  return suiteNames().map((name) => {
    const file = suiteFile(name);
    const { description } = check(documentOf(file, readScenarioText(file)));
    return { name, description };
  });
}

function documentOf({ file }: ScenarioFile, text: string): SourceDocument {
  return parseDocument(text, (line, column) => ({ file, line, column }));
}

function both(first: Read, second: Read): Read {
  return {
    settings: [...first.settings, ...second.settings],
    problems: [...first.problems, ...second.problems],
  };
}

function check(document: SourceDocument): SuiteFile {
  const parsed = suiteSchema.safeParse(document.data);
  const findings = parsed.success
    ? contradictions(parsed.data)
    : explainAll(parsed.error.issues, document.data, suiteSchema);
  throwIfAny(
    findings.map(({ path, at, offset, message, suggestion, hint }) => ({
      location: document.locate(path, at, offset),
      path: showPath(path),
      message,
      suggestion,
      hint,
    })),
  );
  // A failed parse always has findings, so this line is never reached; TypeScript can't know that.
  if (!parsed.success) throw new HarnessError('INTERNAL', 'a suite was refused without a reason');
  return parsed.data;
}

function contradictions(suite: SuiteFile): Finding[] {
  if (suite.runs !== undefined && suite.matrix !== undefined)
    return [{ path: ['matrix'], at: 'key', message: 'a suite has runs or a matrix, not both' }];
  const count = variantCount(suite);
  if (count > MOST_RUNS) return [tooMany(suite.matrix ?? {}, count)];
  const variants = variantsOf(suite);
  const without = variants.find(({ scenario }) => (scenario ?? suite.scenario) === undefined);
  if (without !== undefined) return [withoutScenario(without)];
  return variants.flatMap(({ name, place }, index) =>
    variants.findIndex((other) => other.name === name) === index ? [] : [repeated(name, place)],
  );
}

function withoutScenario({ name, place }: Variant): Finding {
  return {
    path: place.slice(0, -1),
    at: 'value',
    message: `the run ${name} has no scenario`,
    hint: 'scenario: NAME, beside runs for all of them, or in the run',
  };
}

function tooMany(matrix: NonNullable<SuiteFile['matrix']>, count: number): Finding {
  const factors = Object.values(matrix)
    .map((values) => values.length)
    .join(' × ');
  const many = Number.isSafeInteger(count) ? `${count} runs (${factors})` : 'more runs than can be counted';
  return {
    path: ['matrix'],
    at: 'key',
    message: `matrix makes ${many}, and a suite has at most ${MOST_RUNS}`,
    hint: 'leave out values, or split it into several suites',
  };
}

function repeated(name: Variant['name'], place: Path): Finding {
  return { path: place, at: 'key', message: `two runs would be called ${name}` };
}
