import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SideBySideTable } from '../report/side-by-side.js';
import { sideBySideLines } from '../report/side-by-side-text.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Requested } from '../scenario/requested.js';
import { styleFor } from '../terminal/colour.js';
import type { Progress } from '../terminal/progress.js';
import type { Interruption } from './interruption.js';
import { cannotWrite, makeReportDirectory, markLatest, shownPath } from './report-directory.js';
import { runNames, suiteLines, suiteOf, type OneRun, type SuiteRun } from './suite.js';

export interface RunSuiteRequest {
  /** One suite, or several scenarios and suites, which are one suite then. */
  requested: readonly Requested[];
  out: string | undefined;
  progress: Progress;
  interruption: Interruption;
  /** Runs one scenario into a directory, and reports it; an error of it is told and returned, not thrown. */
  runOne: (loaded: LoadedScenario, directory: string) => Promise<OneRun>;
}

/** A run to make, and the table that it is a column of. */
interface Planned {
  name: string;
  loaded: LoadedScenario;
  table: SideBySideTable | undefined;
}

/**
 * Makes the runs one after the other; one that fails does not stop the others. Writes `suite.json` beside their
 * directories and prints each suite's runs side by side.
 *
 * @returns the worst of the runs' exit codes
 */
export async function runSuite({
  requested,
  out,
  progress,
  interruption,
  runOne,
}: RunSuiteRequest): Promise<number> {
  const startedAt = new Date();
  const [first, ...others] = requested;
  const isOne = first?.kind === 'suite' && others.length === 0;
  const directory = makeReportDirectory(isOne ? first.suite.name : 'suite', out, startedAt);
  const planned = requested.flatMap((one) => plannedOf(one, isOne));
  const names = runNames(planned.map(({ name }) => name));
  const runs: SuiteRun[] = [];
  for (const [index, { loaded, name: own, table }] of planned.entries()) {
    if (interruption.interrupted !== undefined) break;
    const name = names[index] ?? own;
    const { name: scenario, description } = loaded.scenario;
    progress.say(`\n${name === scenario ? '' : `${name}, `}${scenario}: ${description}`);
    const path = join(directory, name);
    const { result, inSuite } = await runOne(loaded, path);
    runs.push({ name, scenario, directory: basename(path), verdict: result?.verdict ?? null, ...inSuite });
    table?.add(isOne ? name : own, inSuite.outcome, result);
  }
  const tables = [...new Set(planned.flatMap(({ table }) => table ?? []))].map(({ table }) => table);
  const suite = suiteOf(startedAt, runs, tables, interruption.interrupted);
  const file = join(directory, 'suite.json');
  try {
    writeFileSync(file, JSON.stringify(suite, null, 2) + '\n');
  } catch (error) {
    throw cannotWrite(file, error);
  }
  markLatest(directory);
  const style = styleFor(process.stdout);
  const shown = tables.flatMap((table) => [
    ...sideBySideLines(table, process.stdout.columns || 80, style),
    '',
  ]);
  process.stdout.write(`\n${[...shown, ...suiteLines(suite), shownPath(directory)].join('\n')}\n`);
  return suite.exitCode;
}

function plannedOf(requested: Requested, isOne: boolean): Planned[] {
  if (requested.kind === 'scenario') {
    const { loaded } = requested;
    return [{ name: loaded.scenario.name, loaded, table: undefined }];
  }
  const { name, show, runs } = requested.suite;
  const table = new SideBySideTable(name, show);
  return runs.map((run) => ({ name: isOne ? run.name : `${name}-${run.name}`, loaded: run.loaded, table }));
}
