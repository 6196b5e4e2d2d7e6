import type { MachineFigures } from '../../results/resources.js';
import { availableParallelism } from 'node:os';
import type { MachineBefore, ResourceEvidence, ResourceSample } from '../../evidence/resource-model.js';
import { percent } from './use-text.js';

/** The CPUs count as used up from this percentage on. It is below 100 because clock ticks are coarse. */
export const USED_UP_PERCENT = 95;
/** For this percentage of the load's time the CPUs may be used up. Every load of several servers has such moments. */
export const USED_UP_TIME_PERCENT = 10;
/** A machine counts as shared if others use this percentage of its CPUs or more. */
const SHARED_PERCENT = 10;

/**
 * @param ofProcesses for each process of the run: how many CPUs it kept busy; null for a process that ended meanwhile
 * @returns null where the machine tells no CPU times
 */
export function machineFigures(
  { cpus, before = null }: Pick<ResourceEvidence, 'cpus' | 'before'>,
  samples: readonly ResourceSample[],
  ofProcesses: readonly (number | null)[],
): MachineFigures | null {
  const [first, last] = [samples[0], samples.at(-1)];
  const busyPercent = first && last ? shareBetween(first, last, 'busyTicks') : null;
  if (cpus === null || first === undefined || last === undefined || busyPercent === null) return null;
  const parts = samples.slice(1).flatMap((sample, index) => {
    const from = samples[index] ?? sample;
    const busy = shareBetween(from, sample, 'busyTicks');
    return busy === null ? [] : [{ busy, us: sample.atUs - from.atUs }];
  });
  const usedUpUs = parts.filter(({ busy }) => busy >= USED_UP_PERCENT).reduce((sum, { us }) => sum + us, 0);
  const stolenPercent = shareBetween(first, last, 'stolenTicks');
  return {
    cpus,
    busyPercent,
    peakBusyPercent: Math.max(busyPercent, ...parts.map(({ busy }) => busy)),
    stolenPercent,
    otherPercent: othersOf(busyPercent - (stolenPercent ?? 0), ofProcesses, cpus),
    usedUpPercent: last.atUs > first.atUs ? (100 * usedUpUs) / (last.atUs - first.atUs) : 0,
    before,
  };
}

/** Whether there was too little CPU for the load, whoever used it. */
export function isCpuShort(machine: MachineFigures | null): boolean {
  return machine !== null && machine.usedUpPercent > USED_UP_TIME_PERCENT;
}

/** Whether others used so much of the machine that they may have made late what was late. */
export function isShared(machine: MachineFigures | null): boolean {
  return machine !== null && (isCpuShort(machine) || shareOfOthers(machine) >= SHARED_PERCENT);
}

/** Whether the CPUs were used up, and others than this run used much of them: what the servers miss says little of them. */
export function isTakenByOthers(machine: MachineFigures | null): machine is MachineFigures {
  return machine !== null && isCpuShort(machine) && shareOfOthers(machine) >= SHARED_PERCENT;
}

/** Whether others than this run used much of the machine, while it ran or right before. */
export function isKeptBusyByOthers(machine: MachineFigures): boolean {
  return (
    machine.otherPercent === null ||
    shareOfOthers(machine) >= SHARED_PERCENT ||
    (machine.before !== null && isBusyBefore(machine.before))
  );
}

/** `others than this run used 34% of 2 CPUs`: other programs, and the host of a virtual machine. */
export function othersText(machine: MachineFigures): string {
  return `others than this run used ${percent(shareOfOthers(machine))} of ${machine.cpus} CPUs`;
}

function shareOfOthers({ otherPercent, stolenPercent }: MachineFigures): number {
  return (otherPercent ?? 0) + (stolenPercent ?? 0);
}

/** Whether other programs, before the run starts anything, use so much of the machine that the figures may differ. */
export function isBusyBefore({ busyPercent }: MachineBefore): boolean {
  return busyPercent >= SHARED_PERCENT;
}

/** `other programs use 85% of 2 CPUs; figures may not be comparable` */
export function busyBeforeText(
  { busyPercent, stolenPercent }: MachineBefore,
  cpus = availableParallelism(),
): string {
  const others = busyPercent - stolenPercent;
  const users = [
    ...(others >= 1 ? [`other programs use ${percent(others)}`] : []),
    ...(stolenPercent >= 1 ? [`the host of this machine withholds ${percent(stolenPercent)}`] : []),
  ];
  return `${users.join(' and ')} of ${cpus} CPUs; figures may not be comparable`;
}

/** `other programs used 85% of 2 CPUs`: the greatest user of the CPUs, in one plain sentence. */
export function busyText(machine: MachineFigures): string {
  const { cpus, busyPercent, otherPercent, stolenPercent } = machine;
  const of = (share: number) => `${percent(share)} of ${cpus} CPUs`;
  const own = otherPercent === null ? null : busyPercent - otherPercent - (stolenPercent ?? 0);
  const users = [
    { share: stolenPercent ?? 0, text: (share: number) => `the host of this machine withheld ${of(share)}` },
    { share: otherPercent ?? 0, text: (share: number) => `other programs used ${of(share)}` },
    {
      share: own ?? 0,
      text: (share: number) => `the run's own nodes, servers and clients used ${of(share)}`,
    },
  ].sort((a, b) => b.share - a.share);
  const [most] = users;
  return otherPercent === null || most === undefined ? `${of(busyPercent)} were busy` : most.text(most.share);
}

function othersOf(busyPercent: number, ofProcesses: readonly (number | null)[], cpus: number): number | null {
  let own = 0;
  for (const one of ofProcesses) {
    if (one === null) return null;
    own += (100 * one) / cpus;
  }
  return Math.max(0, busyPercent - own);
}

function shareBetween(
  { machine: before }: ResourceSample,
  { machine: after }: ResourceSample,
  what: 'busyTicks' | 'stolenTicks',
): number | null {
  if (before === null || after === null || after.totalTicks <= before.totalTicks) return null;
  const [from, to] = [before[what], after[what]];
  if (from === undefined || to === undefined) return null;
  return (100 * (to - from)) / (after.totalTicks - before.totalTicks);
}
