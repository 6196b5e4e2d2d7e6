import type { CpuOverTime } from '../../../results/resources.js';
import type { Result } from '../../../results/result.js';
import { areaChart, areaLegend, type Area } from '../charts/areas.js';
import { panel } from '../charts/svg.js';
import { eventLegend, spanText, type TimeAxis } from '../charts/time-axis.js';
import { html, type Markup } from '../markup.js';
import { plural } from '../../words/numbers.js';

const NAMES: Readonly<Record<CpuOverTime['users'][number]['kind'], string>> = {
  server: 'servers',
  node: 'nodes',
  proxy: 'proxy',
  harness: 'harness',
};

/** Who kept how many CPUs busy, over the load. Null where the machine does not tell, and for results of earlier versions. */
export function cpuPanel(
  { cpuOverTime: found }: NonNullable<Result['resources']>,
  axis: TimeAxis,
): Markup | null {
  if (found === undefined) return null;
  const { cpus, fromUs, untilUs, users, others, stolen } = found;
  const areas: Area[] = [
    ...users.map(({ kind, cores }) => ({ name: NAMES[kind], values: cores })),
    { name: 'other programs', values: others },
    ...(stolen.some((one) => one > 0) ? [{ name: 'withheld by the host', values: stolen }] : []),
  ];
  const drawing = areaChart({
    label: `CPUs kept busy over time, of ${cpus}`,
    areas,
    axis,
    fromMs: fromUs / 1_000,
    untilMs: untilUs.map((us) => us / 1_000),
    most: { value: cpus, text: plural(cpus, 'CPU') },
    titleOf: (span, fromMs, untilMs) =>
      `${spanText(fromMs, untilMs)}: ${areas.map(({ name, values }) => `${name} ${(values[span] ?? 0).toFixed(2)}`).join(', ')}`,
  });
  return panel('CPUs kept busy', drawing, html`${areaLegend(areas)}${eventLegend(axis)}`);
}
