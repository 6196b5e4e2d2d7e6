import { cpuTicksOf, readMachineCpu } from '../processes/cpu-time.js';
import { forgetPeak, peakResidentBytes, residentBytes } from '../processes/memory.js';
import { identify, type ProcessId } from '../processes/process-id.js';
import type { Running } from '../processes/running.js';
import type { ResourceEvidence, ResourceProcess, ResourceSample } from './resource-model.js';

export interface WatchedProcess {
  kind: 'server' | 'node' | 'proxy';
  name: string;
  /** Undefined where someone else runs it. */
  running: Running | undefined;
}

const FIRST_EVERY_MS = 500;
/**
 * With this many samples, every second one is removed, and the time between samples doubles. The figures count from
 * the start, so nothing is lost.
 */
const MOST_SAMPLES = 240;

/** Samples CPU time and memory while a load runs: the machine's, and those of each process on this machine. */
export class ResourceWatch {
  readonly #nowUs: () => number;
  readonly #worked: (nowUs: number) => ResourceSample['eventLoop'];
  readonly #processes: { about: ResourceProcess; ticks: () => number | null }[];
  #samples: ResourceSample[] = [];
  #everyMs = FIRST_EVERY_MS;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param nowUs the run's clock
   * @param worked how long the load's thread has worked until a time of that clock, and how long it has slept
   */
  constructor(
    watched: readonly WatchedProcess[],
    nowUs: () => number,
    worked: (nowUs: number) => ResourceSample['eventLoop'],
  ) {
    this.#nowUs = nowUs;
    this.#worked = worked;
    this.#processes = [
      { about: { kind: 'harness', name: 'harness' }, ticks: ticksOf(() => identify(process.pid)) },
      ...watched.flatMap(({ kind, name, running }) =>
        running?.id === undefined
          ? []
          : [{ about: { kind, name }, ticks: ticksOf(() => running.id ?? null) }],
      ),
    ];
  }

  start(): void {
    forgetPeak();
    this.#take();
    this.#wait();
  }

  /** Takes a last sample. Further calls do nothing. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#take();
  }

  evidence(): ResourceEvidence {
    return {
      cpus: readMachineCpu()?.cpus ?? null,
      processes: this.#processes.map(({ about }) => about),
      samples: this.#samples,
      memory: { peakBytes: peakResidentBytes(), judgedPeakBytes: null },
    };
  }

  #wait(): void {
    this.#timer = setInterval(() => {
      this.#take();
      if (this.#samples.length < MOST_SAMPLES) return;
      this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
      this.#everyMs *= 2;
      clearInterval(this.#timer);
      this.#wait();
    }, this.#everyMs);
  }

  #take(): void {
    const machine = readMachineCpu();
    const nowUs = this.#nowUs();
    const { activeMs, idleMs } = this.#worked(nowUs);
    this.#samples.push({
      atUs: Math.round(nowUs),
      machine: machine && {
        busyTicks: machine.busyTicks,
        stolenTicks: machine.stolenTicks,
        totalTicks: machine.totalTicks,
      },
      ticks: this.#processes.map(({ ticks }) => ticks()),
      eventLoop: { activeMs: rounded(activeMs), idleMs: rounded(idleMs) },
      residentBytes: residentBytes(),
    });
  }
}

/** Counts the CPU time of a program, also over several processes where a fault ends it and it is started again. */
function ticksOf(current: () => ProcessId | null): () => number | null {
  let [earlier, last, pid] = [0, 0, current()?.pid];
  return () => {
    const id = current();
    if (id === null) return null;
    if (id.pid !== pid) [earlier, last, pid] = [earlier + last, 0, id.pid];
    const ticks = cpuTicksOf(id);
    if (ticks === null) return null;
    last = ticks;
    return earlier + ticks;
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
