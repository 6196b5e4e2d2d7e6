/**
 * The thread of a load. It does what its order says, and writes the journal and the capture itself. It looks for
 * messages of the other thread whenever it has slept: while it sleeps in a system call, no event reaches it.
 */
import { receiveMessageOnPort, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { OpenSockets } from '../../network/open-sockets.js';
import { CaptureWriter } from '../../observations/import/capture/file/writer.js';
import { LiveJournal } from '../../observations/journal/live-journal.js';
import { LiveCounts } from '../../observations/journal/live-counts.js';
import { outOfFilesExplained } from '../../open-files.js';
import { seededRandom } from '../pacing/random.js';
import { readStoredList } from '../../scenario/client-list/stored-list.js';
import { openLoad } from '../run-load.js';
import { ClientLinks } from '../sockets/client-links.js';
import { openTransport } from '../transport/open-transport.js';
import { clockFrom } from './clock.js';
import {
  tellable,
  type FromThread,
  type LoadOrder,
  type LoadOutcome,
  type TellableError,
  type ToThread,
} from './order.js';
import { SharedCounts } from './shared-counts.js';
import { StartMarks } from './start-marks.js';

/** How often the other thread is shown how far the load is. */
const SHARE_EVERY_US = 50_000;

async function load(order: LoadOrder, port: MessagePort): Promise<LoadOutcome> {
  const tell = (message: FromThread): void => port.postMessage(message);
  const nowUs = clockFrom(order.originNs);
  /** When the run's clock began, microseconds since 1970. */
  const beganAtUs = (performance.timeOrigin + performance.now()) * 1_000 - nowUs();
  const shared = new SharedCounts(order.counts);
  const live = new LiveCounts(order.layout, order.load.life !== undefined);
  const links = order.hasFaults ? new ClientLinks(seededRandom(order.seed), nowUs) : undefined;
  const marks = new StartMarks(order.marks, order.starts, (exchanges, atUs) =>
    tell({ type: 'mark', exchanges, atUs }),
  );
  let endedEarly: TellableError | null = null;
  const end = (error: unknown): void => {
    endedEarly ??= tellable(outOfFilesExplained(error));
  };
  const hasEndedEarly = (): boolean => endedEarly !== null;
  // A failed write must end the run. It must not end the handling of the event whose data was to be written.
  const orEnd = (work: () => void): void => {
    if (hasEndedEarly()) return;
    try {
      work();
    } catch (error) {
      end(error);
    }
  };

  const { transport, instead } = await openTransport(order.transport, nowUs);
  const opening = new OpenSockets();
  const journal = new LiveJournal(order.journal, (observation) => live.add(observation));
  const capture = order.capture === undefined ? undefined : new CaptureWriter(order.capture);
  let closing = (): void => undefined;
  const mayClose = new Promise<void>((resolve) => (closing = resolve));
  let begin: (atUs: number) => void = () => undefined;
  const mayBegin = new Promise<number>((resolve) => (begin = resolve));
  const obey = (message: ToThread): void => {
    switch (message.type) {
      case 'impair':
        void links?.impair(message.key, message.rules);
        tell({ type: 'done', id: message.id });
        return;
      case 'repair':
        void links?.repair(message.key);
        tell({ type: 'done', id: message.id, met: links?.met(message.key) ?? [] });
        return;
      case 'begin':
        begin(message.atUs);
        return;
      case 'close':
        closing();
    }
  };
  port.on('message', (message: ToThread) => {
    obey(message);
    transport.wake();
  });

  shared.begins(nowUs());
  let sharedAtUs = 0;
  const share = (): void => {
    orEnd(() => journal.tellAll());
    live.share(shared);
  };
  const rest = (): void => {
    const now = nowUs();
    if (now - sharedAtUs >= SHARE_EVERY_US) {
      share();
      sharedAtUs = now;
    }
    shared.sleeps(now, transport.sleptMs);
  };
  const turn = (): void => {
    shared.wakes();
    if (shared.takePosted()) {
      for (let one = receiveMessageOnPort(port); one !== undefined; one = receiveMessageOnPort(port))
        obey(one.message as ToThread);
    }
  };
  try {
    const { run, sendErrors } = await openLoad({
      ...order,
      listed: order.clients === undefined ? undefined : readStoredList(order.clients, order.cases, undefined),
      nowUs,
      transport,
      opening,
      links,
      isStopped: () => hasEndedEarly() || shared.isStopped,
      turn,
      rest,
      observe: (observation) => {
        // As `orEnd`, but without a closure for each observation.
        if (!hasEndedEarly()) {
          try {
            journal.append(observation);
          } catch (error) {
            end(error);
          }
        }
        marks.observed(observation);
      },
      ...(capture && {
        tap: (source, destination, datagram, atUs) =>
          orEnd(() => capture.append(source, destination, datagram, beganAtUs + atUs)),
      }),
    });
    tell({
      type: 'opened',
      transport: {
        name: transport.name,
        ...(instead === undefined ? {} : { instead }),
        ...(transport.lacking === undefined ? {} : { lacking: transport.lacking }),
      },
      wakeDescriptor: transport.wakeDescriptor,
    });
    const acts = await run(await mayBegin);
    share();
    tell({ type: 'over', sendErrors: sendErrors(), endedEarly: hasEndedEarly() });
    await mayClose;
    orEnd(() => journal.close());
    orEnd(() => capture?.close());
    const { records } = journal;
    const passed = links?.evidence(order.servers.map(({ name }) => name)) ?? [];
    return { acts, records, endedEarly, passed, clockSteps: transport.clockSteps };
  } finally {
    orEnd(() => journal.close());
    orEnd(() => capture?.close());
    await opening.close();
    await transport.close();
  }
}

const port = parentPort;
if (port === null) throw new Error('this program is the thread of a load');
try {
  const outcome = await load(workerData as LoadOrder, port);
  port.postMessage({ type: 'ended', outcome } satisfies FromThread);
} catch (error) {
  port.postMessage({ type: 'failed', error: tellable(outOfFilesExplained(error)) } satisfies FromThread);
} finally {
  port.close();
}
