import type { LiveCount } from '../../observations/journal/live-counts.js';
import type { Stage, TellRunEvent } from './schema.js';

/** Reports which stage a run is in, and how long each stage took. */
export class Stages {
  readonly #tell: TellRunEvent;
  readonly #detail: (text: string) => void;
  readonly #now: () => number;
  #current: { stage: Stage; sinceMs: number } | undefined;

  /** @param detail is told how long each stage took */
  constructor(
    tell: TellRunEvent,
    detail: (text: string) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#tell = tell;
    this.#detail = detail;
    this.#now = now;
  }

  /** Leaves the current stage, if there is one, and enters the next. */
  enter(stage: Stage): void {
    this.end();
    this.#current = { stage, sinceMs: this.#now() };
    this.#tell({ type: 'stage-started', stage });
  }

  end(): void {
    if (this.#current === undefined) return;
    const { stage, sinceMs } = this.#current;
    this.#current = undefined;
    const seconds = Math.round(this.#now() - sinceMs) / 1_000;
    this.#tell({ type: 'stage-ended', stage, seconds });
    this.#detail(`${stage}: ${seconds} s`);
  }
}

const PROGRESS_EVERY_MS = 1_000;

/**
 * Reports counts as `progress` events, at most one a second. The counts come more often than anybody wants to read
 * them.
 */
export function progressEvents(
  tell: TellRunEvent,
  now: () => number = () => performance.now(),
): (cases: readonly LiveCount[], secondsLeft: number) => void {
  let toldAtMs = -Infinity;
  return (cases, secondsLeft) => {
    if (now() - toldAtMs < PROGRESS_EVERY_MS) return;
    toldAtMs = now();
    tell({ type: 'progress', secondsLeft: Math.round(secondsLeft * 10) / 10, cases: [...cases] });
  };
}
