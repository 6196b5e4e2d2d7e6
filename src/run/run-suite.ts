import { basename, join } from 'node:path';
import type { InconclusiveAs } from '../report/junit.js';
import { SideBySideTable } from '../report/side-by-side.js';
import { sideBySideLines } from '../report/side-by-side-text.js';
import { suiteLine } from '../report/suite/headline.js';
import { suiteMarkdown } from '../report/suite/markdown.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Requested } from '../scenario/requested.js';
import { styleFor } from '../terminal/colour.js';
import type { Progress } from '../terminal/progress.js';
import type { TellEvent } from './events/schema.js';
import type { Interruption } from './interruption.js';
import { makeReportDirectory, markLatest, shownPath } from './report-directory.js';
import { summarize } from './step-summary.js';
import { SUITE } from './stored-suite.js';
import { runNames, suiteLines, suiteOf, type OneRun, type SuiteRun } from './suite.js';
import { membersOf, writeSuiteReports } from './suite-reports.js';
import { replaceFile } from './write-reports.js';

export interface RunSuiteRequest {
  /** One suite, or several scenarios and suites, which are one suite then. */
  requested: readonly Requested[];
  /** Of the suite, where it has no file that names it. */
  name: string;
  out: string | undefined;
  inconclusive: InconclusiveAs;
  progress: Progress;
  interruption: Interruption;
  tell: TellEvent;
  /** Prints the verdict alone. */
  quiet: boolean;
  /** Runs one scenario into a directory, and reports it; an error of it is told and returned, not thrown. */
  runOne: (loaded: LoadedScenario, directory: string) => Promise<OneRun>;
}

/** A run to make, and the table that it is a column of. */
interface Planned {
  name: string;
  loaded: LoadedScenario;
  /** Heads its column there. */
  column: string;
  onlyCase?: string;
  table: SideBySideTable | undefined;
}

/**
 * Makes the runs one after the other; one that fails does not stop the others. Writes `suite.json` and
 * the suite's reports beside their directories and prints each suite's runs side by side.
 *
 * @returns the worst of the runs' exit codes
 */
export async function runSuite({
  requested,
  name: nameOfSeveral,
  out,
  inconclusive,
  progress,
  interruption,
  tell,
  quiet,
  runOne,
}: RunSuiteRequest): Promise<number> {
  const startedAt = new Date();
  const [first, ...others] = requested;
  const isOne = first?.kind === 'suite' && others.length === 0;
  const suiteName = isOne ? first.suite.name : nameOfSeveral;
  const directory = makeReportDirectory(suiteName, out, startedAt);
  const planned = requested.flatMap((one) => plannedOf(one, isOne));
  const names = runNames(planned.map(({ name }) => name));
  const told = planned.map(({ loaded }, i) => ({ run: names[i] ?? '', scenario: loaded.scenario.name }));
  tell({ type: 'suite-started', suite: suiteName, directory, runs: told });
  const runs: SuiteRun[] = [];
  for (const [index, { loaded, name: own, column, onlyCase, table }] of planned.entries()) {
    if (interruption.interrupted !== undefined) break;
    const name = names[index] ?? own;
    const { name: scenario, description } = loaded.scenario;
    progress.say(`\n${name === scenario ? '' : `${name}, `}${scenario}: ${description}`);
    const path = join(directory, name);
    const { result, inSuite, failure = null } = await runOne(loaded, path);
    const verdict = result?.verdict ?? null;
    runs.push({ name, scenario, directory: basename(path), verdict, ...inSuite, failure });
    table?.add(column, inSuite.outcome, result, onlyCase);
  }
  const tables = [...new Set(planned.flatMap(({ table }) => table ?? []))].map(({ table }) => table);
  const { interrupted } = interruption;
  const suite = suiteOf({ name: suiteName, startedAt, runs, tables, interrupted });
  replaceFile(join(directory, SUITE), [JSON.stringify(suite, null, 2) + '\n']);
  const members = membersOf(directory, suite);
  const formats = planned.flatMap(({ loaded }) => loaded.scenario.reports);
  writeSuiteReports({ directory, suite, members, formats, inconclusive });
  summarize(
    (limitBytes) => suiteMarkdown(suite, members, limitBytes),
    (text) => progress.say(text),
  );
  markLatest(directory);
  tell({ type: 'suite-ended', suite: suiteName, directory, exitCode: suite.exitCode });
  const style = styleFor(process.stdout);
  const verdict = suiteLine(suite, style);
  const shown = tables.flatMap((table) => [
    ...sideBySideLines(table, process.stdout.columns || 80, style),
    '',
  ]);
  const lines = ['', ...shown, verdict, '', ...suiteLines(suite), shownPath(directory)];
  process.stdout.write(`${(quiet ? [verdict] : lines).join('\n')}\n`);
  return suite.exitCode;
}

function plannedOf(requested: Requested, isOne: boolean): Planned[] {
  if (requested.kind === 'scenario') {
    const { loaded } = requested;
    return [{ name: loaded.scenario.name, column: loaded.scenario.name, loaded, table: undefined }];
  }
  const { name, show, runs } = requested.suite;
  const table = new SideBySideTable(name, show);
  const named = (own: string) => (isOne ? own : `${name}-${own}`);
  return runs.map((run) => ({ ...run, name: named(run.name), column: named(run.column), table }));
}
