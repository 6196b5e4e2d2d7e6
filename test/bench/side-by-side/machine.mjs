import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** Describes the machine that the figures were measured on. */
export function describeMachine({ versions }) {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    kea: versions.kea,
    date: new Date().toISOString(),
  };
}

/** A round is busy if other programs, or other machines of the host, used more CPUs than this. */
const MOST_OTHERS = 0.1;
const MOST_STOLEN = 0.05;

/**
 * Measures a round, and says what else used the machine meanwhile. All programs of the round must have ended when `body`
 * has, except those of `staying`.
 *
 * @param staying process ids
 */
export async function measured(body, staying = []) {
  const before = usage(staying);
  const result = await body();
  const after = usage(staying);
  const seconds = (after.totalTicks - before.totalTicks) / cpus().length;
  const perCpu = (name) => (after[name] - before[name]) / seconds;
  const others = Math.max(0, perCpu('busyTicks') - perCpu('ownTicks'));
  const stolen = perCpu('stolenTicks');
  return { ...result, others, stolen, isBusy: others > MOST_OTHERS || stolen > MOST_STOLEN };
}

/**
 * The rounds on a machine with nothing else to do, or all of them where there are none. A round in which the machine was
 * disturbed for one tool is left out for all, as the tools are compared round by round.
 */
export function quiet(measurements) {
  const disturbed = new Set(measurements.filter(({ isBusy }) => isBusy).map(({ round }) => round));
  const calm = measurements.filter(({ round }) => !disturbed.has(round));
  return calm.length > 0 ? calm : measurements;
}

/** What proc(5) says of the machine, and of this process, its ended children and those that stay; hundredths of a second. */
function usage(staying) {
  const [, ...fields] = readFileSync('/proc/stat', 'latin1').split('\n')[0].trim().split(/\s+/);
  const [user, nice, system, idle, iowait, irq, softirq, stolen] = fields.map(Number);
  const ownTicks =
    ticksOf('self', [11, 12, 13, 14]) + staying.reduce((sum, pid) => sum + ticksOf(pid, [11, 12]), 0);
  const busyTicks = user + nice + system + irq + softirq;
  return { busyTicks, stolenTicks: stolen, totalTicks: busyTicks + idle + iowait + stolen, ownTicks };
}

function ticksOf(pid, places) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return places.reduce((sum, place) => sum + Number(fields[place]), 0);
}
