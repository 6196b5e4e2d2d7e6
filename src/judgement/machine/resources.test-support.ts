import type { ResourceEvidence, ResourceProcess } from '../../evidence/resource-model.js';

const MIB = 1_024 * 1_024;
/** Clock ticks of each CPU in a second. */
const TICKS = 100;
const CPUS = 2;

/** What one second of a load used. */
export interface Second {
  /** How many CPUs each process kept busy, and how many all else. */
  harness?: number;
  servers?: number;
  nodes?: number;
  others?: number;
  /** What the host of a virtual machine gave to others. */
  stolen?: number;
  /** For what part of the second the load thread was at work. */
  eventLoop?: number;
  /** Resident memory at the end of the second. */
  memoryMiB?: number;
}

const PROCESSES: readonly ResourceProcess[] = [
  { kind: 'harness', name: 'harness' },
  { kind: 'server', name: 'dhcp4 server-1' },
  { kind: 'node', name: 'node-1' },
];

/** Samples taken once a second, from 0 on, on a machine with two CPUs. */
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
