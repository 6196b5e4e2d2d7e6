/**
 * What the load took, in `evidence.json`: CPU time and memory at moments of it. CPU times are counted from some start, in
 * clock ticks, so that the difference of any two samples is what was used between them; a process that used one CPU all the
 * time has as many ticks as the machine in total, divided by its CPUs.
 */
export interface ResourceEvidence {
  /** Of the machine that the harness runs on; null where that can't be told. */
  cpus: number | null;
  /** Those that run on this machine as processes: the harness first. */
  processes: readonly ResourceProcess[];
  samples: readonly ResourceSample[];
  /** How busy the machine was before the run began anything; absent where nobody looked. */
  before?: MachineBefore | null;
  /** Of the harness. */
  memory: {
    /** The most that was resident from the load's start until the lease tables were read. */
    peakBytes: number;
    /** The same until the run was judged; null before that. */
    judgedPeakBytes: number | null;
  };
}

/** In percent of all CPUs, over a moment before anything of the run was started. */
export interface MachineBefore {
  busyPercent: number;
  /** Of these, what the host of a virtual machine gave to others. */
  stolenPercent: number;
}

export interface ResourceProcess {
  kind: 'harness' | 'server' | 'node';
  /** `harness`, `dhcp4 server-1`, `node-1` */
  name: string;
}

export interface ResourceSample {
  /** On the run's clock, microseconds. */
  atUs: number;
  machine: { busyTicks: number; totalTicks: number; stolenTicks?: number } | null;
  /** Of each process, all threads; null where it had ended. */
  ticks: readonly (number | null)[];
  /** How long the harness' event loop was at work so far, and how long it waited. */
  eventLoop: { activeMs: number; idleMs: number };
  /** Of the harness. */
  residentBytes: number;
}
