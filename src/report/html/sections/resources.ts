import { resourceSentences } from '../../text/resources.js';
import type { Result } from '../../../results/result.js';
import { lineChart } from '../charts/lines.js';
import { panel } from '../charts/svg.js';
import { eventLegend, secondsText, type TimeAxis } from '../charts/time-axis.js';
import { cpuPanel } from './cpu.js';
import { timeAxisOf } from '../faults/axis.js';
import { html, type Markup } from '../markup.js';
import { percent } from '../../words/percent.js';
import { count, plural } from '../../words/numbers.js';
import { table, type Cell } from '../table.js';
import type { Section } from './section.js';

type Resources = NonNullable<Result['resources']>;

/** What the load used of the machine. Absent if this program did not drive the load. */
export function resources(result: Result): Section | undefined {
  const { resources: found } = result;
  if (found === null || found === undefined) return undefined;
  const axis = timeAxisOf(result);
  return {
    id: 'resources',
    title: 'Resource usage',
    content: [
      html`<ul>
        ${resourceSentences(result).map((one) => html`<li>${one}</li>`)}
      </ul>`,
      html`<div class="panels">${cpuPanel(found, axis)} ${memoryPanel(found, axis)}</div>`,
      processTable(found),
      html`<p class="note">
        CPU time from the first start of an exchange to the last, memory over all of the load and the reading of
        the lease tables. A CPU that is kept busy all the time is 1.
      </p>`,
    ],
  };
}

function processTable({ processes, machine }: Resources): Markup {
  const columns = [{ head: 'process' }, { head: 'CPUs', figures: true }];
  const rows = processes.map(({ name, cores }, i): (string | Cell)[] => [
    name,
    {
      shown: cores === null ? 'ended' : cores.toFixed(2),
      value: cores,
      path: `resources.processes.${i}.cores`,
    },
  ]);
  const share = (
    name: string,
    figure: 'otherPercent' | 'stolenPercent' | 'usedUpPercent',
  ): (string | Cell)[] => [
    name,
    {
      shown: percent(machine?.[figure] ?? null),
      value: machine?.[figure] ?? null,
      path: `resources.machine.${figure}`,
    },
  ];
  const { before = null } = machine ?? {};
  const ofMachine =
    machine === null
      ? []
      : [
          share('other programs', 'otherPercent'),
          share('withheld by the host', 'stolenPercent'),
          share('time with all CPUs busy', 'usedUpPercent'),
          ...(before === null
            ? []
            : [
                [
                  'the machine before the run',
                  {
                    shown: `${percent(before.busyPercent)} of ${count(machine.cpus)}`,
                    value: before.busyPercent,
                    path: 'resources.machine.before.busyPercent',
                  },
                ],
              ]),
        ];
  const all: Cell = {
    shown: machine === null ? percent(null) : `${percent(machine.busyPercent)} of ${count(machine.cpus)}`,
    value: machine?.busyPercent ?? null,
    path: machine === null ? '' : 'resources.machine.busyPercent',
  };
  return html`<details>
    <summary>CPU of ${plural(processes.length, 'process', 'processes')}</summary>
    ${table({ label: 'CPUs kept busy', columns, rows: [['the machine', all], ...ofMachine, ...rows], sortable: false })}
  </details>`;
}

function memoryPanel({ memory }: Resources, axis: TimeAxis): Markup {
  const [first, second] = memory.series.map(({ atUs }) => Math.round(atUs / 1_000));
  const values = memory.series.map(({ residentMiB }) => residentMiB);
  const drawing = lineChart({
    label: 'Memory of the harness over the load, MiB',
    lines: [{ name: 'resident', values, look: 'solid' }],
    axis,
    bucketMs: first === undefined || second === undefined ? 1_000 : second - first,
    firstAtMs: first ?? 0,
    titleOf: (bucket, fromMs) => `${secondsText(fromMs)} s: ${count(Math.round(values[bucket] ?? 0))} MiB`,
  });
  return panel('Memory of the harness, MiB', drawing, eventLegend(axis) ?? undefined);
}
