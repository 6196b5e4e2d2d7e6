import { z } from 'zod';
import { FAULT_NAMES, faultKind } from '../../faults/index.js';
import { CASE_KINDS } from '../../protocol/cases.js';

/** A moment of the load: seconds since its first client was due, or the start of its n-th exchange. */
const moment = z.union([
  z.number().min(0).max(604_800),
  z.strictObject({
    exchanges: z
      .int()
      .min(1)
      .max(100_000_000)
      .describe('how many clients of all cases and servers have begun their first exchange'),
  }),
]);
/** Seconds, or a count of exchanges. */
export type Moment = z.output<typeof moment>;

const meanings = FAULT_NAMES.map((name) => `${name}: ${faultKind(name).meaning}`).join('; ');
const undoings = FAULT_NAMES.map((name) => `${name}: ${faultKind(name).undoing}`).join('; ');

const target = new RegExp(`^(node-[1-9]\\d*|((${CASE_KINDS.join('|')}) )?server-[1-9]\\d*)$`);

const fault = z.strictObject({
  fault: z.enum(FAULT_NAMES).describe(`what is done. ${meanings}`),
  on: z
    .string()
    .regex(target, { message: 'must be a node (node-2), a server (dhcp4 server-1), or server-1 for all cases' })
    .describe('the node or server that it is done to: node-2, dhcp4 server-1, or server-1 for that server of all cases'),
  at: moment.describe('when it is done: seconds since the first client was due, or { exchanges: N }'),
  undo: moment.describe(`when it is undone, in the same unit. ${undoings}`),
});
export type Fault = z.output<typeof fault>;

/** `faults`: what fails during the load. */
export const faults = z
  .array(fault)
  .min(1)
  .max(100)
  .optional()
  .describe('what is done to nodes and servers during the load, and when it is undone');
