/**
 * What the load took, in `evidence.json`: samples of CPU time and memory. CPU times count clock ticks from some
 * start, so the difference of two samples is the use between them. A process that kept one CPU busy has as many ticks
 * as the machine's total, divided by the number of CPUs.
 */
export interface ResourceEvidence {
  /** The CPUs of the machine that the harness runs on; null where that is unknown. */
  cpus: number | null;
  /** The processes of the run on this machine, the harness first. */
  processes: readonly ResourceProcess[];
  samples: readonly ResourceSample[];
  /** How busy the machine was before the run started anything; absent where that was not measured. */
  before?: MachineBefore | null;
  /** The memory of the harness. */
  memory: {
    /** The most resident memory from the load's start until the lease tables were read. */
    peakBytes: number;
    /** The most resident memory until the run was judged; null before that. */
    judgedPeakBytes: number | null;
  };
}

/** In percent of all CPUs, for a short time before the run started anything. */
export interface MachineBefore {
  busyPercent: number;
  /** The part of the busy time that the host of a virtual machine gave to others. */
  stolenPercent: number;
}

export interface ResourceProcess {
  kind: 'harness' | 'server' | 'node';
  /** For example `harness`, `dhcp4 server-1` or `node-1`. */
  name: string;
}

export interface ResourceSample {
  /** On the run's clock, microseconds. */
  atUs: number;
  machine: { busyTicks: number; totalTicks: number; stolenTicks?: number } | null;
  /** The ticks of each process with all its threads; null where it had ended. */
  ticks: readonly (number | null)[];
  /** How long the harness's event loop has worked so far, and how long it has waited. */
  eventLoop: { activeMs: number; idleMs: number };
  /** Of the harness. */
  residentBytes: number;
}
