import { z } from 'zod';
import { REPRODUCTION_VERDICTS, VERDICTS } from '../../results/check.js';
import { FAULT_NAMES } from '../../faults/index.js';
import { OUTCOMES } from '../../results/run-outcome.js';
import { runFailureSchema } from '../../report/suite-result.js';

/**
 * The events that `run --events FILE` writes while runs go on: one JSON object a line. Types and fields may be added.
 * A type or field whose meaning changes gets another name. docs/events.md describes the events for people.
 */

/** What becomes of a fault. */
export const FAULT_STEPS = ['begun', 'undone', 'failed'] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/** The stages of a run, in the order in which a run passes through them. */
export const STAGES = ['preparing', 'cluster', 'servers', 'load', 'evidence', 'ending', 'judging'] as const;
export type Stage = (typeof STAGES)[number];

const count = z.int().min(0);
const time = z.iso.datetime().describe('when it happened, UTC');
const directory = z.string().describe('absolute path');
const stage = z
  .enum(STAGES)
  .describe(
    'preparing: programs, packages or images; cluster: the nodes start; servers: the nodes are ready and Kea starts; ' +
      'load: the servers are ready and clients start; evidence: lease tables and counters are read; ' +
      'ending: what was started is ended; judging: the result is made and the reports are written',
  );

const ofSuite = { time, suite: z.string().describe('name of the suite; all for --all') };
const ofRun = {
  time,
  run: z.string().describe("the run's name in the suite; the scenario's name for a single run"),
  scenario: z.string().describe('name of the scenario'),
  try: z.int().min(2).optional().describe('which try of the run; absent in the first'),
};

const liveCount = z.object({
  case: z.string(),
  sent: count.describe('messages, retransmissions included'),
  answered: count,
  clientsWithLease: count,
  clients: count,
  duplicates: z.object({
    offered: count.describe('leases offered to several clients so far'),
    committed: count.describe('leases given to several clients so far'),
  }),
});

export const eventSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('suite-started'),
      ...ofSuite,
      directory,
      runs: z
        .array(z.object({ run: z.string(), scenario: z.string() }))
        .describe('the planned runs, in order'),
    })
    .describe('several runs begin, one after the other'),
  z.object({ type: z.literal('run-started'), ...ofRun }).describe('a run begins'),
  z.object({ type: z.literal('stage-started'), ...ofRun, stage }).describe('the run enters a stage'),
  z
    .object({ type: z.literal('stage-ended'), ...ofRun, stage, seconds: z.number().min(0) })
    .describe('the run leaves a stage, also where it fails there'),
  z
    .object({
      type: z.literal('progress'),
      ...ofRun,
      secondsLeft: z.number().min(0).describe('until the planned end of the load; 0 during the drain'),
      cases: z.array(liveCount),
    })
    .describe('counts so far, about once a second during the load; the final figures are made afterwards'),
  z
    .object({
      type: z.literal('death'),
      ...ofRun,
      kind: z.enum(['server', 'node', 'proxy']),
      name: z.string(),
      how: z.string().describe('exit code or signal'),
      after: z
        .string()
        .optional()
        .describe('the node or proxy whose death caused this one; absent if none did'),
      fault: z
        .object({
          fault: z.enum(FAULT_NAMES).describe('the kind of fault'),
          on: z.string().describe('the node or server, as the scenario names it'),
        })
        .optional()
        .describe('the fault of the scenario that ended it by taking its database away; absent if none did'),
      lastLines: z.array(z.string()).describe('the last lines of its output'),
    })
    .describe('a server, node or proxy ended unasked, which ends the load unless a fault was the cause'),
  z
    .object({
      type: z.literal('fault'),
      ...ofRun,
      fault: z.enum(FAULT_NAMES).describe('the kind of fault'),
      on: z.string().describe('what it is done to, as the scenario names it'),
      targets: z
        .array(z.string())
        .describe(
          'the nodes or servers that it is done to; for a fault of links those that it takes away from others',
        ),
      step: z
        .enum(FAULT_STEPS)
        .describe(
          'begun: it is being done; undone: its undoing is complete; failed: it could not be done or undone',
        ),
      hadEnded: z
        .array(z.string())
        .optional()
        .describe('those of the targets that had ended before the fault was begun; absent if none had'),
      reason: z.string().optional().describe('why it failed'),
    })
    .describe('a fault of the scenario is done or undone'),
  z
    .object({
      type: z.literal('run-ended'),
      ...ofRun,
      verdict: z
        .enum(VERDICTS)
        .nullable()
        .describe('the conformance verdict; null where the run could not be made'),
      reproduction: z
        .enum(REPRODUCTION_VERDICTS)
        .nullable()
        .optional()
        .describe(
          'the reproduction verdict; null where no figures are expected, or the run could not be made',
        ),
      outcome: z.enum(OUTCOMES).describe('the outcome of both halves, given what the scenario expects'),
      exitCode: count.describe('the exit code of this run alone'),
      directory: directory.nullable().describe('the run directory; null where the run could not be made'),
      failure: runFailureSchema.nullable().describe('why the run could not be made'),
    })
    .describe('a run, or a try of it, is over and its result is stored'),
  z
    .object({ type: z.literal('suite-ended'), ...ofSuite, directory, exitCode: count })
    .describe('the last run is over and the reports of the suite are written'),
]);

export type RunEvent = z.output<typeof eventSchema>;
export type EventType = RunEvent['type'];

type Without<E, Key extends PropertyKey> = E extends unknown ? Omit<E, Key> : never;

/** An event before it is written. The time is added when it is written. */
export type NewEvent = Without<RunEvent, 'time'>;

/** An event as the run itself reports it. The run does not know its name in its suite. */
export type NewRunEvent = Without<Extract<RunEvent, { run: string }>, 'time' | 'run' | 'scenario' | 'try'>;

export type TellEvent = (event: NewEvent) => void;
export type TellRunEvent = (event: NewRunEvent) => void;
