import type { z } from 'zod';
import { resultSchema } from '../results/result.js';

const { cases, scenario, environment, tool } = resultSchema.shape;
const { phases } = cases.element.shape;

/**
 * The fields of `result.json` that a history needs. Parsing hundreds of whole results would take long, and witnesses
 * and series are the largest part of them.
 */
export const leanResultSchema = resultSchema
  .pick({
    schemaVersion: true,
    startedAt: true,
    finishedAt: true,
    verdict: true,
    expectedVerdict: true,
    reproduction: true,
    outcome: true,
    exitCode: true,
    source: true,
  })
  .extend({
    tool,
    scenario,
    environment,
    checks: resultSchema.shape.checks.element
      .pick({ name: true, case: true, phase: true, verdict: true })
      .array(),
    cases: cases.element
      .omit({ witnesses: true, series: true, audit: true, published: true })
      .extend({ phases: phases.element.omit({ perServer: true }).array() })
      .array(),
  });

export type LeanResult = z.output<typeof leanResultSchema>;
