import type { MachineBefore } from '../evidence/resource-model.js';
/** CPU time of the machine that the harness runs on, while the load ran, in percent of all its CPUs. */
export interface MachineFigures {
  cpus: number;
  /** Time neither idle nor waiting for a disk. It includes what the host of a virtual machine gave to others. */
  busyPercent: number;
  /** The busiest time between two samples. */
  peakBusyPercent: number;
  /** What the host of a virtual machine gave to others; null where the samples don't tell. */
  stolenPercent: number | null;
  /** What programs outside the run used; null where the time of one of the run's processes is not known. */
  otherPercent: number | null;
  /** For how many percent of the load's time no CPU was left. */
  usedUpPercent: number;
  /** What the machine did before the run started anything; null where nobody looked. */
  before: MachineBefore | null;
}

/**
 * What the load used, from its first start to its last start. If clients do something with their leases later, then
 * up to the end of the load.
 */
export interface ResourceFigures {
  /** The times of the first and the last sample, microseconds of the run's clock. */
  fromUs: number;
  toUs: number;
  /** The figures of the machine that the harness runs on; null where they can't be told. */
  machine: MachineFigures | null;
  /** The processes of the run on that machine. */
  processes: readonly ProcessFigures[];
  /** For how many percent of the time the event loop of the harness was at work. */
  eventLoopPercent: number | null;
  /**
   * The busiest time of the event loop between two samples, and the CPUs that the harness kept busy then. Absent in
   * the results of earlier versions.
   */
  peakEventLoop?: { percent: number; cores: number | null } | null | undefined;
  memory: MemoryFigures;
}

export interface ProcessFigures {
  kind: 'harness' | 'server' | 'node';
  name: string;
  /** CPUs that it kept busy on average; null where it ended meanwhile. */
  cores: number | null;
}

/** Memory of the harness, MiB. */
export interface MemoryFigures {
  /** The peak of the resident memory until the lease tables were read. */
  peakMiB: number;
  /** The peak until the run was judged; null for a run that was not judged. */
  judgedPeakMiB: number | null;
  /** By how much percent the median of the second half exceeds that of the first half; null with too few samples. */
  growthPercent: number | null;
  series: readonly { atUs: number; residentMiB: number }[];
}
