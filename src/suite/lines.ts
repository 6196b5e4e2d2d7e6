import { halfText, halvesOf, triesText } from './run-text.js';
import type { Suite } from '../report/suite-result.js';

/**
 * A table with a line for each run, for the end of a suite. Below a run that was tried several times there is a line
 * for each try.
 */
export function suiteLines({ runs }: Suite): string[] {
  if (runs.length === 0) return [];
  const rows = runs.map((run) => {
    const { conformance, reproduction } = halvesOf({ run, result: undefined });
    const told = run.outcome === 'skipped' && run.failure ? run.failure.message : run.directory;
    return [run.name, run.outcome, halfText(conformance), halfText(reproduction), told];
  });
  const table = [['run', 'outcome', 'conformance', 'reproduction', 'directory'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const [head = '', ...lines] = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths?.[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const tries = runs.map((run) => triesText(run).map((text) => `  ${text}`));
  return [head, ...lines.flatMap((line, index) => [line, ...(tries[index] ?? [])])];
}
