import { closeSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ImpairableNetwork, LinkRule, MetOnLink } from '../../faults/links.js';
import type { LiveCount } from '../../observations/journal/live-counts.js';
import type { Layout } from '../../observations/observation.js';
import {
  told,
  type FromThread,
  type LoadOrder,
  type LoadOutcome,
  type ToThread,
  type TransportUsed,
} from './order.js';
import { LEAD_US } from '../run-load.js';
import { clockFrom } from './clock.js';
import type { SendErrors } from '../sockets/relay-socket.js';
import { SharedCounts } from './shared-counts.js';

/** What the caller of a load is told, and how it ends the load. */
export interface LoadHooks {
  /** Ends the load early. Answers to what was sent still count for half a second at most. */
  signal: AbortSignal;
  /** Called once, when the sockets are open. */
  opened?: (transport: TransportUsed) => void;
  /** Called when the sockets are open. Resolves to when the load is to begin on the run's clock; soon by default. */
  mayBegin?: () => Promise<number>;
  /** So many first exchanges have begun, the first one at this time: called for the first one and for each mark. */
  reached: (exchanges: number, firstAtUs: number) => void;
  /** Called where the load has ended early for a reason of its own, which its outcome tells. */
  endedEarly?: () => void;
  /** Called when the drain is over, while every socket is still open. */
  beforeClose: (sendErrors: readonly SendErrors[]) => Promise<void>;
}

/** What a thread is told, but for what it shares with its caller alone. */
export type ThreadOrder = Omit<LoadOrder, 'counts'>;

/** A load that runs in other threads. */
export interface RunningLoad {
  /** What faults do to messages between clients and servers. */
  readonly links: ImpairableNetwork;
  /** Rejects with the error that ended the load: its own, PREREQUISITE for sockets, a crash, or one of the caller's hooks. */
  readonly outcome: Promise<LoadOutcome>;
  /** How far each case is. */
  readonly counts: LiveCount[];
  /**
   * How long the thread has worked so far, and how long it has slept.
   *
   * @param nowUs the run's clock
   */
  workedAt: (nowUs: number) => { activeMs: number; idleMs: number };
}

/**
 * The load, in a thread of its own: it sleeps in system calls, and writes the journal and the capture. The caller's
 * thread keeps nodes, servers, signals and the screen. For an exchange the two pass no message.
 */
export class LoadThread implements RunningLoad {
  readonly links: ImpairableNetwork;
  readonly outcome: Promise<LoadOutcome>;
  readonly #hooks: LoadHooks;
  readonly #originNs: bigint;
  readonly #layout: Layout;
  readonly #worker: Worker;
  readonly #counts: SharedCounts;
  readonly #waiting = new Map<number, (met: readonly MetOnLink[]) => void>();
  readonly #met = new Map<number, readonly MetOnLink[]>();
  #orders = 0;
  #wakeDescriptor: number | undefined;
  #hasEnded = false;

  constructor(order: ThreadOrder, hooks: LoadHooks) {
    this.#hooks = hooks;
    this.#originNs = order.originNs;
    this.#layout = order.layout;
    this.#counts = new SharedCounts(order.cases.length);
    const { signal } = hooks;
    this.#worker = new Worker(workerFile(), {
      workerData: { ...order, counts: this.#counts.memory } satisfies LoadOrder,
      name: 'load',
    });
    const stop = (): void => {
      this.#counts.stop();
      this.#wake();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    this.links = {
      impair: (key, rules) => this.#tellLinks({ type: 'impair', key, rules }).then(() => undefined),
      repair: async (key) => void this.#met.set(key, await this.#tellLinks({ type: 'repair', key })),
      met: (key) => this.#met.get(key) ?? [],
    };
    this.outcome = this.#untilEnded().finally(() => {
      signal.removeEventListener('abort', stop);
      this.#hasEnded = true;
      // Only now does nobody write to it any more, and nobody else can have got its number.
      if (this.#wakeDescriptor !== undefined) closeSync(this.#wakeDescriptor);
      for (const answered of this.#waiting.values()) answered([]);
      this.#waiting.clear();
    });
  }

  get counts(): LiveCount[] {
    return this.#layout.cases.map(({ name, clients }, index) => ({
      case: name,
      clients,
      ...this.#counts.of(index),
    }));
  }

  workedAt(nowUs: number): { activeMs: number; idleMs: number } {
    return this.#counts.workedAt(nowUs);
  }

  async #untilEnded(): Promise<LoadOutcome> {
    return new Promise((resolve, reject) => {
      let outcome: LoadOutcome | undefined;
      let failure: Error | undefined;
      this.#worker.on('message', (message: FromThread) => {
        if (message.type === 'ended') ({ outcome } = message);
        else if (message.type === 'failed') failure ??= told(message.error);
        else
          this.#take(message).catch((error: unknown) => {
            failure ??= error instanceof Error ? error : new Error(String(error));
            this.#abandon();
          });
      });
      this.#worker.on('error', (error) => (failure ??= error));
      this.#worker.on('exit', (code) => {
        if (failure !== undefined) reject(failure);
        else if (outcome !== undefined) resolve(outcome);
        else reject(new Error(`the thread of the load ended with ${code}`));
      });
    });
  }

  /** The caller has failed. The thread must not wait for it any more. */
  #abandon(): void {
    if (this.#hasEnded) return;
    this.#counts.stop();
    this.#tell({ type: 'begin', atUs: 0 });
    this.#tell({ type: 'close' });
  }

  async #take(message: Exclude<FromThread, { type: 'ended' | 'failed' }>): Promise<void> {
    switch (message.type) {
      case 'opened':
        this.#wakeDescriptor = message.wakeDescriptor;
        this.#hooks.opened?.(message.transport);
        this.#tell({ type: 'begin', atUs: (await this.#hooks.mayBegin?.()) ?? soon(this.#originNs) });
        return;
      case 'mark':
        this.#hooks.reached(message.exchanges, message.atUs);
        return;
      case 'done':
        this.#waiting.get(message.id)?.(message.met ?? []);
        this.#waiting.delete(message.id);
        return;
      case 'over':
        if (message.endedEarly) this.#hooks.endedEarly?.();
        try {
          await this.#hooks.beforeClose(message.sendErrors);
        } finally {
          this.#tell({ type: 'close' });
        }
    }
  }

  #tellLinks(
    message: { type: 'impair'; key: number; rules: readonly LinkRule[] } | { type: 'repair'; key: number },
  ): Promise<readonly MetOnLink[]> {
    // A load that is over passes no messages.
    if (this.#hasEnded) return Promise.resolve([]);
    const id = ++this.#orders;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#tell({ ...message, id });
    });
  }

  #tell(message: ToThread): void {
    this.#worker.postMessage(message);
    this.#counts.post();
    this.#wake();
  }

  #wake(): void {
    if (this.#wakeDescriptor !== undefined && !this.#hasEnded) writeSync(this.#wakeDescriptor, WAKE);
  }
}

/** When a load begins whose sockets are open, microseconds of the run's clock. */
export function soon(originNs: bigint): number {
  return clockFrom(originNs)() + LEAD_US;
}

/** What eventfd(2) takes: a number that is not zero. */
const WAKE = new Uint8Array(8).fill(1, 0, 1);

/** The compiled program, also for tests that run the sources. */
function workerFile(): string {
  return fileURLToPath(new URL('../../../dist/load/thread/worker.js', import.meta.url));
}
