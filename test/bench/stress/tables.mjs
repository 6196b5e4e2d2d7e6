import { cpus, release } from 'node:os';

/** The headings of the table, and the suite's names of the figures under each. */
const COLUMNS = {
  offered: ['offered a second and server'],
  achieved: ['achieved'],
  'dup 1st %': ['first phase duplicates'],
  'app 1st %': ['first phase appearance'],
  'dup 2nd': ['second phase duplicates'],
  'held by two': ['leases held by two'],
  refused: ['NAKs and refusals'],
  restarts: ['restarts'],
  'no timely answer': ['exchanges without a timely answer'],
  '%': ['the same in percent'],
  '1st p50/p99 ms': ['first phase p50', 'first phase p99'],
  '2nd p50/p99 ms': ['second phase p50', 'second phase p99'],
  'conflicts of each node': ['conflicts of each node'],
  'CPU %': ['CPU of the machine'],
  verdict: ['verdict'],
  short: ['short'],
};

export function machineLine({ environment, startedAt }, options) {
  const { kea, database, node } = environment;
  const [first] = cpus();
  const with_ = options.length === 0 ? '' : `; with \`${options.join(' ')}\``;
  return (
    `Measured ${startedAt.slice(0, 10)} on ${cpus().length} CPUs (${first?.model ?? 'unknown'}), Linux ${release()}; ` +
    `Kea ${kea.version} (${kea.threads === 0 ? 'single-threaded' : `${kea.threads} threads`}), ` +
    `${database.flavor} ${database.version} (wsrep ${database.wsrepProvider}), Node ${node}; ` +
    `servers, nodes and harness on the same machine${with_}.`
  );
}

/** A row for each case and rate. */
export function stressTable({ tables: [table] }) {
  const cases = [...new Set(table.rows.map((row) => row.case).filter((one) => one !== ''))];
  return markdown(
    ['case', ...Object.keys(COLUMNS)],
    cases.flatMap((one) => table.columns.map((_, column) => [one, ...cellsOf(table, one, column)])),
  );
}

/** A row for each rate that was tried. */
export function limitTable({ trials }, [table]) {
  const cases = [...new Set(table.rows.map((row) => row.case).filter((one) => one !== ''))];
  const outcome = (rate) =>
    trials.find(({ ratePerServer }) => String(ratePerServer) === rate)?.outcome ?? '–';
  return markdown(
    ['case', ...Object.keys(COLUMNS), 'outcome'],
    cases.flatMap((one) =>
      table.columns.map((rate, column) => [one, ...cellsOf(table, one, column), outcome(rate)]),
    ),
  );
}

function cellsOf({ rows }, name, column) {
  return Object.values(COLUMNS).map((figures) =>
    figures
      .map((figure) => {
        // A run that drove all cases has figures of the run under no case.
        const row = rows.find((one) => one.figure === figure && [name, ''].includes(one.case));
        return shown(row?.values[column] ?? null, row?.unit);
      })
      .join(' / '),
  );
}

export function shown(value, unit) {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return unit === 'ms' || unit === 'percent' ? value.toFixed(1) : String(value);
}

export function markdown(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
