import { z } from 'zod';
import { whole } from './registry/figure.js';

/** The schema of what a run tells of the clocks of its servers. */

const offset = {
  offsetMs: z.number().describe('how far its time is ahead of that of the machine that ran the clients'),
  uncertaintyMs: z.number().describe('the true offset is at most so far away from that'),
};

const serverClockSchema = z.object({
  case: z.string().describe('of the server'),
  server: z.string().describe('its name'),
  rows: z
    .object({
      ...offset,
      used: whole.describe('rows whose last write is an answer that a client got'),
      agreeing: whole.describe('those of them that agree on the offset'),
    })
    .nullable()
    .describe(
      'by the second in which it wrote its rows; null for a server without such rows, or whose rows contradict each other',
    ),
  log: z
    .object(offset)
    .nullable()
    .describe('by the time of the last message in its log; null where the log is not there'),
  statistics: z
    .object(offset)
    .nullable()
    .describe(
      'by the time beside its counter of sent messages, when its last answer came; null where some of its answers were not seen. Without the time zone for servers that others run',
    ),
});
export type ServerClock = z.output<typeof serverClockSchema>;

const apartSchema = z.object({
  case: z.string().describe('whose servers share leases'),
  leastMs: z.number().min(0).describe('how far the times of two of them are apart at least'),
  odd: z
    .object({
      server: z.string().describe('its name'),
      offsetMs: z.number().describe('how far it is ahead of the others'),
      uncertaintyMs: z.number().describe('the true difference is at most so far away from that'),
      isTimeZone: z.boolean().describe('whether two time zones differ by that: a multiple of 15 minutes'),
      by: z.string().describe('what shows it, in words'),
      logMs: z
        .number()
        .optional()
        .describe(
          'if rows show it: how far its log is ahead of the logs of the others; absent where not known',
        ),
    })
    .describe('the server whose time is furthest from that of the others'),
});
export type ClocksApart = z.output<typeof apartSchema>;

export const clocksSchema = z.object({
  limitMs: z.number().describe('as limits.maxClockDifferenceMs'),
  aheadMs: z
    .number()
    .optional()
    .describe(
      'how far all servers are ahead of the machine that ran the clients; rows are judged by their time. Absent where they are not',
    ),
  apart: z
    .array(apartSchema)
    .readonly()
    .optional()
    .describe(
      'each case whose servers can be compared with each other; absent in results of earlier versions',
    ),
  servers: z.array(serverClockSchema).readonly().describe('the servers of each case'),
});
export type ClocksJudgement = z.output<typeof clocksSchema>;
