import type { CompareWith } from '../compare/stored/after-run.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import { Progress, type Verbosity } from '../terminal/progress.js';
import { EventFile } from './events/event-file.js';
import type { TellEvent } from './events/schema.js';
import { Interruption } from './interruption.js';

/** Options of the command line that hold for every run of a command. */
export interface CommandOptions {
  /** Whether nodes and servers are left up at the end. */
  keep: boolean;
  /** Whether to write what is sent and received as `capture.pcap`. */
  capture: boolean;
  /** How `junit.xml` shows a check that can't tell. */
  inconclusive: InconclusiveAs;
  verbosity: Verbosity;
  /** Marked baselines to compare the runs with; undefined for no comparison. */
  compareWith: CompareWith | undefined;
}

/** What the runs of a command share. */
export interface RunContext extends CommandOptions {
  progress: Progress;
  interruption: Interruption;
  tell: TellEvent;
}

/**
 * Makes the context of a command, and listens for signals until the process ends: a second signal must not change the
 * exit code of the first.
 *
 * @param events the file for the events of the runs
 */
export function beginRuns(
  { keep, capture, inconclusive, verbosity, compareWith }: CommandOptions,
  events?: string,
): RunContext {
  const progress = new Progress(process.stderr, undefined, verbosity);
  const file = events === undefined ? undefined : new EventFile(events, (text) => progress.say(text));
  const interruption = new Interruption();
  interruption.listen();
  const tell: TellEvent = (event) => file?.tell(event);
  return { keep, capture, inconclusive, verbosity, compareWith, progress, interruption, tell };
}
