import { z } from 'zod';
import { FAULT_NAMES, faultKind } from '../../faults/index.js';
import { CASE_KINDS } from '../../protocol/cases.js';

/** The machines of a private network that are neither nodes nor servers. */
export const MACHINES_BESIDE = ['clients', 'haproxy'] as const;

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

/** A machine of a private network, or several. */
const machine = z.union([target, z.enum(MACHINES_BESIDE)], {
  error: `must be a node, a server, ${MACHINES_BESIDE.join(' or ')}, such as node-2, dhcp4 server-1, or servers`,
});
const machines = z.union([machine, z.array(machine).min(1)], {
  error: 'must be a machine, such as node-2, or a list of them',
});
/** Machines of a private network, as a scenario names them. */
export type Machines = z.output<typeof machines>;

const fault = z.strictObject({
  fault: z.enum(FAULT_NAMES).describe(`what is done. ${meanings}`),
  on: target
    .optional()
    .describe(
      'what it is done to: node-2, dhcp4 server-1, or server-1 for that server of all cases; nodes or servers for all of them. A fault of links has groups, between, or from and to instead',
    ),
  groups: z
    .array(machines)
    .min(2)
    .optional()
    .describe(
      'of partition: groups of machines. Two machines that share no group do not hear each other; a machine in two groups is a bridge between them; one in no group hears all. clients are all clients',
    ),
  between: z
    .tuple([machines, machines])
    .optional()
    .describe('of a fault of links: both directions between these machines and those'),
  from: machines.optional().describe('of a fault of links: one direction, from these machines…'),
  to: machines.optional().describe('…to those'),
  percent: z
    .number()
    .min(0.001)
    .max(100)
    .optional()
    .describe('of a fault of links: how many of 100 messages it is done to, by chance'),
  ms: z
    .number()
    .gt(0)
    .max(60_000)
    .optional()
    .describe('of a fault of links: for how long messages are delayed or held back, milliseconds'),
  at: moment.describe('when it is done: seconds since the first client started, or { exchanges: N }'),
  undo: moment
    .optional()
    .describe(
      `when it is undone, in the same unit; not for a fault that ends by itself (rolling-restart). ${undoings}`,
    ),
});
export type Fault = z.output<typeof fault>;
/** A fault of nodes or servers. */
export type TargetFault = Fault & { on: string };

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
