import { z } from 'zod';
import { FAULT_NAMES, faultKind } from '../../faults/index.js';
import { CASE_KINDS } from '../../protocol/cases.js';

/** A moment of the load: seconds since its first client started, or the start of its n-th exchange. */
const moment = z.union(
  [
    z.number().min(0).max(604_800),
    z.strictObject({
      exchanges: z
        .int()
        .min(1)
        .max(100_000_000)
        .describe('how many clients of all cases and servers have begun their first exchange'),
    }),
  ],
  { error: 'must be seconds, such as 5, or { exchanges: N }' },
);
/** Seconds, or a count of exchanges. */
export type Moment = z.output<typeof moment>;

const meanings = FAULT_NAMES.map((name) => `${name}: ${faultKind(name).meaning}`).join('; ');
const undoings = FAULT_NAMES.flatMap((name) => {
  const { undoing } = faultKind(name);
  return undoing === undefined ? [] : [`${name}: ${undoing.meaning}`];
}).join('; ');

const target = z.string().regex(new RegExp(`^(nodes|node-[1-9]\\d*|((${CASE_KINDS.join('|')}) )?(servers|server-[1-9]\\d*))$`), {
  message:
    'must be a node (node-2), a server (dhcp4 server-1), server-1 for all cases, or all of them (nodes, servers)',
});

const fault = z.strictObject({
  fault: z.enum(FAULT_NAMES).describe(`what is done. ${meanings}`),
  on: target.describe(
    'what it is done to: node-2, dhcp4 server-1, or server-1 for that server of all cases; nodes or servers for all of them',
  ),
  at: moment.describe('when it is done: seconds since the first client started, or { exchanges: N }'),
  undo: moment
    .optional()
    .describe(
      `when it is undone, in the same unit; not for a fault that ends by itself (rolling-restart). ${undoings}`,
    ),
});
export type Fault = z.output<typeof fault>;

/** `faults`: what fails during the load. */
export const faults = z
  .array(fault)
  .min(1)
  .max(100)
  .optional()
  .describe('what is done to nodes and servers during the load, and when it is undone');

const seconds = z.number().min(0).max(604_800);

/** `randomFaults`: faults that the run's seed draws. */
export const randomFaults = z
  .strictObject({
    count: z.int().min(1).max(100).describe('how many there are'),
    between: z
      .tuple([seconds, seconds])
      .describe('the span of the load in which they begin and are undone, seconds since the first client started'),
    lasting: z.tuple([seconds, seconds]).describe('the shortest and the longest of them, seconds'),
    faults: z
      .array(z.enum(FAULT_NAMES))
      .min(1)
      .optional()
      .describe('the kinds to draw from; by default all that are done to one node or server'),
    on: z
      .array(target)
      .min(1)
      .optional()
      .describe('the nodes and servers to draw from; by default each node, and each server for all cases'),
  })
  .optional()
  .describe(
    "faults that the run's seed draws: kind, target, moment and length. They come one after the other, each when the one before it is undone",
  );
export type RandomFaults = NonNullable<z.output<typeof randomFaults>>;
