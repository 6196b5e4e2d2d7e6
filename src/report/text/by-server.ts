import Table from 'cli-table3';
import { NO_BORDERS, trimmed } from './borderless.js';
import { count } from '../words/numbers.js';
import { phaseLabel } from '../words/phase-label.js';
import type { Result } from '../../results/result.js';
import type { Style } from '../../terminal/style.js';

/** The title of the table of requests and leases of each server, in all attempts. */
export const BY_SERVER_TITLE = 'By server, all attempts';
export const BY_SERVER_HEADS = ['case', 'phase', 'server', 'requests', 'leases'] as const;

/** One row for each case, phase and server, if the server got requests or gave leases in the phase. */
export function serverRows({ cases }: Pick<Result, 'cases'>): string[][] {
  return cases.flatMap((one) =>
    one.phases.flatMap((phase) =>
      phase.perServer
        .filter(({ requests, responses }) => (requests ?? 0) + responses > 0)
        .map(({ name, requests, responses }) => [
          one.name,
          phaseLabel(one, phase),
          name,
          count(requests),
          count(responses),
        ]),
    ),
  );
}

/**
 * The rows of {@link serverRows} as a table for a terminal. Neighbouring rows show the name of a case and of a phase
 * once. Empty without rows.
 */
export function serverTable(result: Result, style: Style): string[] {
  const rows = serverRows(result);
  if (rows.length === 0) return [];
  const table = new Table({
    head: BY_SERVER_HEADS.map(style.bold),
    colAligns: BY_SERVER_HEADS.map((_, i) => (i < 3 ? 'left' : 'right')),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  rows.forEach(([caseName = '', phase = '', ...others], i) => {
    const [caseBefore, phaseBefore] = rows[i - 1] ?? [];
    const isSameCase = caseName === caseBefore;
    const isSamePhase = isSameCase && phase === phaseBefore;
    table.push([isSameCase ? '' : caseName, isSamePhase ? '' : phase, ...others]);
  });
  return [trimmed(table)];
}
