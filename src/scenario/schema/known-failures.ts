import { z } from 'zod';
import { KNOWABLE_CHECKS } from '../../results/check-names.js';
import { CAUSE_IDS } from '../known-causes.js';

/** A percentage above 0, up to 100. */
const SHARE = /^(?!0+(?:\.0+)?%)(?:100|[1-9]?[0-9](?:\.[0-9]{1,3})?)%$/;
const MUST_BE = 'must be a whole number from 1, or a share such as 2%';

const atMost = z.union(
  [z.int({ error: MUST_BE }).min(1, { error: MUST_BE }), z.string().regex(SHARE, { error: MUST_BE })],
  { error: MUST_BE },
);

const knownFailure = z.strictObject({
  check: z.enum(KNOWABLE_CHECKS).describe('a check that is always on, such as conformance.leaseKept'),
  atMost: atMost.describe(
    'the most violations of the check that pass, over all cases: a number, or a share of what the check judged, such as 2%',
  ),
  cause: z
    .enum(CAUSE_IDS)
    .describe('the cause: an entry of docs/reference/causes.md that explains the check'),
});

/** `knownFailures`: known violations that a scenario finds by chance. */
export const knownFailures = z
  .array(knownFailure)
  .default([])
  .describe(
    'violations that the scenario finds by chance. Up to the bound, and if the run shows the cause of every violation, the check passes and the report says "known"; else it fails. No violation at all passes too',
  );

export type KnownFailure = z.output<typeof knownFailure>;
