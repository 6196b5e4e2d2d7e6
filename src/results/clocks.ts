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

export const clocksSchema = z.object({
  limitMs: z.number().describe('as limits.maxClockDifferenceMs'),
  servers: z.array(serverClockSchema).readonly().describe('the servers of each case'),
});
export type ClocksJudgement = z.output<typeof clocksSchema>;
