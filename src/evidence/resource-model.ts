import { z } from 'zod';

/** In percent of all CPUs, for a short time before the run started anything. */
const machineBefore = z.object({
  busyPercent: z.number(),
  /** The part of the busy time that the host of a virtual machine gave to others. */
  stolenPercent: z.number(),
});
export type MachineBefore = z.output<typeof machineBefore>;

const resourceProcess = z.object({
  kind: z.enum(['harness', 'server', 'node', 'proxy']),
  /** For example `harness`, `dhcp4 server-1`, `node-1` or `haproxy`. */
  name: z.string(),
});
export type ResourceProcess = z.output<typeof resourceProcess>;

const resourceSample = z.object({
  /** On the run's clock, microseconds. */
  atUs: z.number(),
  machine: z
    .object({ busyTicks: z.number(), totalTicks: z.number(), stolenTicks: z.number().optional() })
    .nullable(),
  /** The ticks of each process with all its threads; null where it had ended. */
  ticks: z.array(z.number().nullable()).readonly(),
  /** How long the thread of the load has worked so far, and how long it has waited. */
  eventLoop: z.object({ activeMs: z.number(), idleMs: z.number() }),
  /** Of the harness. */
  residentBytes: z.number(),
});
export type ResourceSample = z.output<typeof resourceSample>;

/**
 * What the load took, in `evidence.json`: samples of CPU time and memory. CPU times count clock ticks from some
 * start, so the difference of two samples is the use between them. A process that kept one CPU busy has as many ticks
 * as the machine's total, divided by the number of CPUs.
 */
export const resourcesSchema = z.object({
  /** The CPUs of the machine that the harness runs on; null where that is unknown. */
  cpus: z.number().nullable(),
  /** The processes of the run on this machine, the harness first. */
  processes: z.array(resourceProcess).readonly(),
  samples: z.array(resourceSample).readonly(),
  /** How busy the machine was before the run started anything; absent where that was not measured. */
  before: machineBefore.nullable().optional(),
  /** The memory of the harness. */
  memory: z.object({
    /** The most resident memory from the load's start until the lease tables were read. */
    peakBytes: z.number(),
    /** The most resident memory until the run was judged; null before that. */
    judgedPeakBytes: z.number().nullable(),
  }),
});
export type ResourceEvidence = z.output<typeof resourcesSchema>;
