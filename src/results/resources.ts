import { z } from 'zod';
import { hundredths } from './registry/mapped.js';

/** The schemas of the resources: what the load used of the machine, and what ran short. */

const atLeast0 = hundredths();

const cores = z.array(atLeast0);

const cpuOverTimeSchema = z
  .object({
    cpus: z.int().min(1).describe('of the machine that the harness runs on'),
    fromUs: z.number().describe("when the first span begins, microseconds since the run's start"),
    untilUs: z.array(z.number()).describe('when each span ends; the next one begins there'),
    users: z
      .array(
        z.object({
          kind: z.enum(['server', 'node', 'proxy', 'harness']).describe('which processes of the run'),
          cores: cores.describe('CPUs kept busy, one number a span'),
        }),
      )
      .describe('the processes of the run on this machine, by what they are'),
    others: cores.describe('CPUs that other programs kept busy'),
    stolen: cores.describe('CPUs that the host of a virtual machine gave to other machines'),
  })
  .describe('absent where the machine does not report it, and in results of earlier versions');
/** Who kept how many CPUs busy, over the time of the load. */
export type CpuOverTime = z.output<typeof cpuOverTimeSchema>;

export const resourcesSchema = z
  .object({
    fromUs: z.number().describe("time of the first sample, microseconds since the run's start"),
    toUs: z.number().describe('time of the last sample, likewise'),
    machine: z
      .object({
        cpus: z.int().min(1).describe('of the machine that the harness runs on'),
        busyPercent: atLeast0.describe('all CPUs together, neither idle nor waiting for a disk'),
        peakBusyPercent: atLeast0.describe('the highest value between two samples'),
        stolenPercent: atLeast0
          .nullable()
          .default(null)
          .describe('of this, the part that the host of a virtual machine gave to other machines'),
        otherPercent: atLeast0
          .nullable()
          .default(null)
          .describe("CPU use of programs that do not belong to the run; null if they can't be told apart"),
        usedUpPercent: atLeast0
          .default(0)
          .describe('percentage of the time of the load in which no CPU was idle'),
        before: z
          .object({
            busyPercent: atLeast0.describe('all CPUs together'),
            stolenPercent: atLeast0.describe(
              'of this, the part that the host of a virtual machine gave to other machines',
            ),
          })
          .nullable()
          .default(null)
          .describe('before the run started anything; null if it was not measured'),
      })
      .nullable()
      .describe('null if the machine does not report it'),
    processes: z
      .array(
        z.object({
          kind: z.enum(['harness', 'server', 'node', 'proxy']).describe('what it is'),
          name: z.string().describe('harness, dhcp4 server-1, node-1, haproxy'),
          cores: atLeast0
            .nullable()
            .describe('CPUs that it kept busy on average; null if it ended during the load'),
        }),
      )
      .describe('the processes of the run on this machine'),
    cpuOverTime: cpuOverTimeSchema.optional(),
    eventLoopPercent: atLeast0
      .nullable()
      .describe('percentage of the time in which the thread of the load was busy'),
    peakEventLoop: z
      .object({
        percent: atLeast0.describe('the highest value between two samples'),
        cores: atLeast0
          .nullable()
          .describe('CPUs that the harness kept busy then; null if the machine does not report it'),
      })
      .nullable()
      .optional()
      .describe('when the thread of the load was busiest; absent in results of earlier versions'),
    memory: z
      .object({
        peakMiB: atLeast0.describe('until the lease tables were read'),
        judgedPeakMiB: atLeast0.nullable().describe('until the run was judged'),
        growthPercent: hundredths(z.number())
          .nullable()
          .describe(
            'growth of the median from the first half of the load to the second; null if there are too few samples',
          ),
        series: z
          .array(
            z.object({
              atUs: z.number().describe("microseconds since the run's start"),
              residentMiB: atLeast0.describe('resident memory at that time'),
            }),
          )
          .describe('over the load and the reading of the lease tables'),
      })
      .describe('resident, of the harness'),
  })
  .describe('from the first start to the last; to the end of the load where it has a life');

/** What there may be too little of, if a load was not driven or not answered as it should be. */
export const SHORT_RESOURCES = [
  'cpu',
  'harness',
  'sockets',
  'servers',
  'nodes',
  'pool',
  'database',
  'busy',
  'unknown',
] as const;
export type ShortResource = (typeof SHORT_RESOURCES)[number];

export const shortageSchema = z.object({
  resource: z
    .enum(SHORT_RESOURCES)
    .describe(
      'busy: others, or the run itself, used much of the machine; unknown: no measured resource was used up',
    ),
  found: z.string().describe('in words, with the figures'),
});

export const shortSchema = z
  .array(shortageSchema)
  .describe(
    'the resource that was short, if a check on the load or on dropped datagrams does not hold, or above 2.5% of the exchanges of a case had no timely answer',
  );

/**
 * What the load used, from its first start to its last start. If clients do something with their leases later, then
 * up to the end of the load.
 */
export type ResourceFigures = z.output<typeof resourcesSchema>;
/** CPU time of the machine that the harness runs on, while the load ran, in percent of all its CPUs. */
export type MachineFigures = NonNullable<ResourceFigures['machine']>;
export type ProcessFigures = ResourceFigures['processes'][number];
/** Memory of the harness, MiB. */
export type MemoryFigures = ResourceFigures['memory'];
export type Shortage = z.output<typeof shortageSchema>;
