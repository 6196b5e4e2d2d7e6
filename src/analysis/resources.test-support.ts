import type { ResourceEvidence, ResourceProcess } from '../evidence/resource-model.js';

const MIB = 1_024 * 1_024;
/** Clock ticks a second and CPU. */
const TICKS = 100;
const CPUS = 2;

/** What a second of a load took. */
export interface Second {
  /** CPUs that each process kept busy, and what else did. */
  harness?: number;
  servers?: number;
  nodes?: number;
  others?: number;
  /** What the host of a virtual machine gave to others. */
  stolen?: number;
  /** Of the second, for how much the event loop was at work. */
  eventLoop?: number;
  /** Resident at its end. */
  memoryMiB?: number;
}

const PROCESSES: readonly ResourceProcess[] = [
  { kind: 'harness', name: 'harness' },
  { kind: 'server', name: 'dhcp4 server-1' },
  { kind: 'node', name: 'node-1' },
];

/** Noted once a second on a machine of two CPUs, from 0 on. */
export function resourcesOf(
  seconds: readonly Second[],
  memory: Partial<ResourceEvidence['memory']> = {},
): ResourceEvidence {
  const sum = { harness: 0, servers: 0, nodes: 0, busy: 0, stolen: 0, active: 0 };
  const samples = [{}, ...seconds].map((second: Second, index) => {
    const {
      harness = 0,
      servers = 0,
      nodes = 0,
      others = 0,
      stolen = 0,
      eventLoop = 0,
      memoryMiB = 100,
    } = second;
    sum.harness += harness * TICKS;
    sum.servers += servers * TICKS;
    sum.nodes += nodes * TICKS;
    sum.busy += (harness + servers + nodes + others + stolen) * TICKS;
    sum.stolen += stolen * TICKS;
    sum.active += 1_000 * eventLoop;
    return {
      atUs: index * 1_000_000,
      machine: { busyTicks: sum.busy, stolenTicks: sum.stolen, totalTicks: index * CPUS * TICKS },
      ticks: [sum.harness, sum.servers, sum.nodes],
      eventLoop: { activeMs: sum.active, idleMs: index * 1_000 - sum.active },
      residentBytes: memoryMiB * MIB,
    };
  });
  return {
    cpus: CPUS,
    processes: PROCESSES,
    samples,
    memory: { peakBytes: 120 * MIB, judgedPeakBytes: null, ...memory },
  };
}
