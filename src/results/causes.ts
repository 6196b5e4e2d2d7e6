import { z } from 'zod';

/** The schema of the known causes whose evidence is in a run. */

export const causesSchema = z
  .array(
    z.object({
      cause: z.string().describe('its entry in docs/reference/causes.md'),
      title: z.string().describe('its title there'),
      case: z.string().describe('the case that it concerns; empty for the whole run'),
      explains: z.string().describe('the figure or check that it explains'),
      text: z.string().describe('what shows it, with figures'),
    }),
  )
  .readonly();
export type RunCause = z.output<typeof causesSchema>[number];
