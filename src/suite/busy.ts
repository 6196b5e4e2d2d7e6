import { busyText, isCpuShort } from '../judgement/machine/machine.js';
import { namesText } from './names.js';
import type { SuiteMember } from './headline.js';

/**
 * Such as `The machine was busy in 2 of 8 runs (100, 200): the run's own nodes, servers and clients used 91% of 2 CPUs.`
 * Undefined where every run had CPU to spare. The cause named is that of the busiest run.
 */
export function busySentence(members: readonly SuiteMember[]): string | undefined {
  const busy = members.flatMap(({ run, result }) => {
    const machine = result?.resources?.machine ?? null;
    const lacked = (result?.short ?? []).some(({ resource }) => resource === 'harness');
    return machine !== null && (isCpuShort(machine) || lacked) ? [{ name: run.name, machine }] : [];
  });
  const [busiest] = [...busy].sort((a, b) => b.machine.usedUpPercent - a.machine.usedUpPercent);
  if (busiest === undefined) return undefined;
  const where =
    members.length === 1 ? '' : ` in ${busy.length} of ${members.length} runs (${namesText(busy)})`;
  const which = busy.length === 1 ? '' : `, in ${busiest.name}`;
  const lasted = isCpuShort(busiest.machine)
    ? `no CPU was left for ${Math.round(busiest.machine.usedUpPercent)}% of the time; `
    : '';
  return `The machine was busy${where}: ${lasted}${busyText(busiest.machine)}${which}. Latencies and missing answers there may be its doing, not the servers'.`;
}
