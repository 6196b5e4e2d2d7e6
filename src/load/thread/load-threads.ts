import type { ImpairableNetwork, MetOnLink, PassedMessages, PassedOnLink } from '../../faults/links.js';
import { addMet } from '../../faults/links.js';
import { JournalWriter } from '../../observations/journal/journal-writer.js';
import type { LiveCount } from '../../observations/journal/live-counts.js';
import { journalPart } from '../../observations/journal/parts.js';
import type { SendErrors } from '../sockets/relay-socket.js';
import { LoadThread, soon, type LoadHooks, type RunningLoad, type ThreadOrder } from './load-thread.js';
import type { LoadOutcome } from './order.js';
import { startsMemory } from './start-marks.js';

/** What a load is told, but for what its threads share. */
export type WholeOrder = Omit<ThreadOrder, 'starts' | 'drives'>;

/** Starts the load in one thread, or in one for each case, as the scenario says. */
export function startLoad(order: WholeOrder, hooks: LoadHooks): RunningLoad {
  const starts = startsMemory();
  if (order.load.threads === 'one' || order.cases.length === 1)
    return new LoadThread({ ...order, starts }, hooks);
  return new LoadThreads({ ...order, starts }, hooks);
}

/**
 * A load with a thread for each case. The threads share nothing but the moment at which they begin, and each writes a
 * part of the journal. To its caller they are one load.
 */
class LoadThreads implements RunningLoad {
  readonly links: ImpairableNetwork;
  readonly outcome: Promise<LoadOutcome>;
  readonly #threads: readonly LoadThread[];

  constructor(order: ThreadOrder, hooks: LoadHooks) {
    /** Ends all threads when one has failed, or has ended early. */
    const ending = new AbortController();
    const signal = AbortSignal.any([hooks.signal, ending.signal]);
    const opened = new Meeting(order.cases.length);
    const over = new Meeting(order.cases.length);
    const sendErrors: SendErrors[] = [];
    const beginUs = opened.held.then(() => soon(order.originNs));
    const closing = over.held.then(() => hooks.beforeClose(sendErrors));
    // Whoever waits for it is told.
    closing.catch(() => undefined);
    const journals = order.cases.map((_, index) => journalPart(order.journal, index));
    // All of them before any thread: nobody would end the threads if one could not be written.
    for (const journal of journals.slice(1)) JournalWriter.begin(journal, order.layout).close();
    this.#threads = journals.map((journal, index) => {
      return new LoadThread(
        { ...order, journal, drives: [index] },
        {
          signal,
          ...(index === 0 && hooks.opened !== undefined ? { opened: hooks.opened } : {}),
          reached: hooks.reached,
          endedEarly: () => ending.abort(),
          mayBegin: async () => {
            await opened.arrive();
            return beginUs;
          },
          beforeClose: async (errors) => {
            sendErrors.push(...errors);
            await over.arrive();
            await closing;
          },
        },
      );
    });
    for (const { outcome } of this.#threads)
      outcome.catch(() => {
        ending.abort();
        opened.open();
        over.open();
      });
    this.outcome = Promise.allSettled(this.#threads.map(({ outcome }) => outcome)).then(() =>
      Promise.all(this.#threads.map(({ outcome }) => outcome)).then(together),
    );
    this.links = {
      impair: async (key, rules) => {
        await Promise.all(this.#threads.map(({ links }) => links.impair(key, rules)));
      },
      repair: async (key) => {
        await Promise.all(this.#threads.map(({ links }) => links.repair(key)));
      },
      met: (key) => metTogether(this.#threads.map(({ links }) => links.met?.(key) ?? [])),
    };
  }

  get counts(): LiveCount[] {
    return this.#threads.flatMap(({ counts }, index) => counts.slice(index, index + 1));
  }

  /** That of the thread that has worked the most: it is the first that can't keep up. */
  workedAt(nowUs: number): { activeMs: number; idleMs: number } {
    const all = this.#threads.map((thread) => thread.workedAt(nowUs));
    return all.reduce((most, one) => (one.activeMs > most.activeMs ? one : most));
  }
}

/** Where all threads wait for each other. */
class Meeting {
  readonly held: Promise<void>;
  open = (): void => undefined;
  #missing: number;

  constructor(members: number) {
    this.#missing = members;
    this.held = new Promise((resolve) => (this.open = resolve));
  }

  arrive(): Promise<void> {
    if (--this.#missing === 0) this.open();
    return this.held;
  }
}

function together(outcomes: readonly LoadOutcome[]): LoadOutcome {
  return {
    acts: outcomes.flatMap(({ acts }) => acts),
    records: outcomes.reduce((sum, { records }) => sum + records, 0),
    endedEarly: outcomes.find(({ endedEarly }) => endedEarly !== null)?.endedEarly ?? null,
    passed: passedTogether(outcomes.map(({ passed }) => passed)),
    // All threads look at one clock, and each only when it gets answers.
    clockSteps: outcomes.reduce<LoadOutcome['clockSteps']>(
      (most, { clockSteps }) => (clockSteps.length > most.length ? clockSteps : most),
      [],
    ),
  };
}

/** Each thread knows all servers, and passes the messages of its own. */
function passedTogether(parts: readonly (readonly PassedOnLink[])[]): PassedOnLink[] {
  const [first = [], ...others] = parts;
  const add = (one: PassedMessages, more: PassedMessages | undefined): PassedMessages => ({
    messages: one.messages + (more?.messages ?? 0),
    lost: one.lost + (more?.lost ?? 0),
    doubled: one.doubled + (more?.doubled ?? 0),
    late: one.late + (more?.late ?? 0),
  });
  return first.map((one, index) =>
    others.reduce(
      (sum, part) => ({
        server: sum.server,
        toServer: add(sum.toServer, part[index]?.toServer),
        toClients: add(sum.toClients, part[index]?.toClients),
      }),
      one,
    ),
  );
}

function metTogether(parts: readonly (readonly MetOnLink[])[]): MetOnLink[] {
  const [first = [], ...others] = parts;
  const all = first.map((one) => ({ ...one }));
  for (const part of others)
    part.forEach((more, index) => {
      const one = all[index];
      if (one !== undefined) addMet(one, more);
    });
  return all;
}
