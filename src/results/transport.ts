import { z } from 'zod';
import { hundredths } from './registry/mapped.js';
import { TRANSPORTS } from './transport-names.js';

/** The schema of how the load's datagrams left and arrived. */
export const transportSchema = z.object({
  name: z
    .enum(TRANSPORTS)
    .describe(
      'native: batched system calls, and arrivals by the time of the kernel; dgram: sockets of Node.js',
    ),
  instead: z.string().optional().describe('why it is not native; absent where it is, or was not to be'),
  lacking: z.string().optional().describe('what the machine lacks for it to be as exact as it could be'),
  clockSteps: z
    .array(
      z.object({
        atUs: z.number().describe("microseconds since the run's start"),
        byMs: hundredths(z.number()).describe('milliseconds forward; negative: back'),
      }),
    )
    .describe("each time that the machine's clock was set during the load; the run's times are not affected"),
});

export type TransportFigures = z.output<typeof transportSchema>;
