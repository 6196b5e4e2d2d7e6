import type { MachineFigures, ResourceFigures } from '../../results/resources.js';

/** How the processes of each kind are called together. */
const KINDS = { server: 'servers', node: 'nodes', proxy: 'proxy', harness: 'harness' } as const;

/** `99% of 2 CPUs busy: servers 1.02, nodes 0.61, harness 0.25, others 0.10` */
export function useText(resources: ResourceFigures): string {
  const { machine, eventLoopPercent } = resources;
  const parts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind) => {
    const used = coresOf(resources, kind);
    const loop = kind === 'harness' ? ` (load thread ${percent(eventLoopPercent)} busy)` : '';
    return used === null ? [] : [{ used, text: `${KINDS[kind]} ${cores(used)}${loop}` }];
  });
  if (machine === null)
    return parts.length === 0 ? `load thread ${percent(eventLoopPercent)} busy` : texts(parts);
  const rest = othersText(machine);
  return `${machineText(machine)}: ${texts(rest === undefined ? parts : [...parts, { text: rest }])}`;
}

/** `99% of 2 CPUs busy`, with the part that the host of the machine withheld. */
function machineText({ cpus, busyPercent, stolenPercent }: MachineFigures): string {
  const stolen = (stolenPercent ?? 0) >= 0.5 ? ` (${percent(stolenPercent)} withheld by the host)` : '';
  return `${percent(busyPercent)} of ${cpus} CPUs busy${stolen}`;
}

/** `others 0.10` in CPUs; undefined where other programs can't be told from the run's own processes. */
function othersText({ cpus, otherPercent }: MachineFigures): string | undefined {
  return otherPercent === null ? undefined : `others ${cores((otherPercent / 100) * cpus)}`;
}

function texts(parts: readonly { text: string }[]): string {
  return parts.map(({ text }) => text).join(', ');
}

/**
 * CPUs that all processes of a kind kept busy; null where none of them is known. The sum of what a result shows for each,
 * so that a text says the same before and after it is stored.
 */
function coresOf(
  { processes }: ResourceFigures,
  kind: ResourceFigures['processes'][number]['kind'],
): number | null {
  const known = processes.flatMap((one) => (one.kind === kind && one.cores !== null ? [one.cores] : []));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + Math.round(100 * one), 0) / 100;
}

/** `0.97` */
export function cores(value: number | null): string {
  return value === null ? 'an unknown number of' : value.toFixed(2);
}

/** `99%` */
export function percent(value: number | null): string {
  return value === null ? 'an unknown part' : `${Math.round(value)}%`;
}
