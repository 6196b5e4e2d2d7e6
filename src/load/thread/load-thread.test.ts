import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE_SUBNETS } from '../../kea/subnets.js';
import { JournalWriter } from '../../observations/journal/journal-writer.js';
import { openJournal } from '../../observations/journal/journal.js';
import { timeOf } from '../../observations/observation.js';
import { TRANSPORTS } from '../../results/transport-names.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { ack4, offer4 } from '../bench.test-support.js';
import { planLoad } from '../plan-load.js';
import type { LoadHooks, RunningLoad } from './load-thread.js';
import { startLoad, type WholeOrder } from './load-threads.js';

let directory: string;
let server: Socket;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'load-thread-'));
  server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  server.on('message', (datagram, { port, address }) => {
    // The message type is the first option.
    const answer = datagram[242] === 1 ? offer4 : ack4;
    server.send(answer(datagram, `10.1.${datagram[32] ?? 0}.${datagram[33] ?? 0}`), port, address);
  });
});
afterEach(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  rmSync(directory, { recursive: true });
});

const hooks = (more: Partial<LoadHooks> = {}): LoadHooks => ({
  signal: new AbortController().signal,
  reached: () => undefined,
  beforeClose: () => Promise.resolve(),
  ...more,
});

type More = Partial<Omit<WholeOrder, 'load'>> & { load?: Partial<WholeOrder['load']> };

function orderOf(clients: number, more: More = {}): WholeOrder {
  const { load } = scenarioSchema.parse({
    name: 'thread',
    description: 'a load in a thread',
    load: { clientsPerServer: clients, ratePerServer: 1_000, drainMs: 0, maxAttempts: 1 },
  });
  const asked = { cases: more.cases ?? (['dhcp4'] as const), load: { ...load, ...more.load }, seed: 1 };
  const { layout } = planLoad({ ...asked, servers: 1 });
  const journal = join(directory, 'journal.bin');
  JournalWriter.begin(journal, layout).close();
  return {
    ...asked,
    servers: [
      {
        name: 'dhcp4 server-1',
        kind: 'dhcp4',
        subnets: [CASE_SUBNETS.dhcp4],
        address: '127.0.0.1',
        port: server.address().port,
        relay: { address: '127.0.0.1', port: 0 },
      },
    ],
    layout,
    originNs: process.hrtime.bigint(),
    journal,
    hasFaults: false,
    marks: [20],
    ...more,
    load: asked.load,
  };
}

const journaled = (): string[] =>
  [...openJournal(join(directory, 'journal.bin')).observations()].map(
    ({ phase, type }) => `${phase} ${type}`,
  );

describe.each(TRANSPORTS)('a load in its thread, with %s', (transport) => {
  it('writes the journal, counts, and tells the starts that it was asked for', async () => {
    const reached: number[] = [];
    let used: string | undefined;
    const thread = startLoad(
      orderOf(30, { transport }),
      hooks({
        opened: ({ name }) => (used = name),
        reached: (exchanges) => reached.push(exchanges),
      }),
    );
    const { records, endedEarly } = await thread.outcome;
    expect({ used, records, endedEarly }).toEqual({ used: transport, records: 4 * 30, endedEarly: null });
    expect(reached).toEqual([1, 20]);
    expect(journaled()).toHaveLength(records);
    expect(thread.counts).toEqual([
      {
        case: 'dhcp4',
        clients: 30,
        sent: 60,
        answered: 60,
        clientsWithLease: 30,
        duplicates: { offered: 0, committed: 0 },
      },
    ]);
    const { activeMs, idleMs } = thread.workedAt(1e9);
    expect(activeMs).toBeGreaterThan(0);
    expect(idleMs).toBeGreaterThan(0);
  });

  it('ends early when it is told to, with all that was observed in the journal', async () => {
    const ending = new AbortController();
    // At a thousand a second this load would take ten minutes.
    const thread = startLoad(
      orderOf(600_000, { transport }),
      hooks({
        signal: ending.signal,
        reached: (exchanges) => {
          if (exchanges > 1) ending.abort();
        },
      }),
    );
    const { records } = await thread.outcome;
    expect(records).toBeGreaterThanOrEqual(20);
    expect(journaled()).toHaveLength(records);
  });

  it.each<[string, Partial<LoadHooks>]>([
    [
      'when the sockets are open',
      {
        opened: () => {
          throw new Error('the disk is full');
        },
      },
    ],
    [
      'when exchanges have begun',
      {
        reached: () => {
          throw new Error('the disk is full');
        },
      },
    ],
    ['before the sockets close', { beforeClose: () => Promise.reject(new Error('the disk is full')) }],
  ])('ends with the error of a caller that fails %s, and does not wait for it', async (_, failing) => {
    const thread = startLoad(orderOf(600, { transport }), hooks(failing));
    await expect(thread.outcome).rejects.toThrow('the disk is full');
  });

  it('does to messages what faults say, and counts it', async () => {
    const rules = [{ from: 'clients', to: 'dhcp4 server-1', effect: { losePercent: 99 } }];
    let impaired = Promise.resolve();
    const thread: RunningLoad = startLoad(
      orderOf(400, { transport, hasFaults: true }),
      hooks({
        reached: (exchanges) => {
          if (exchanges < 20) impaired = thread.links.impair(3, rules);
          else impaired = impaired.then(() => thread.links.repair(3));
        },
      }),
    );
    const { passed } = await thread.outcome;
    await impaired;
    expect(thread.links.met?.(3)).toMatchObject([{ from: 'clients', to: 'dhcp4 server-1' }]);
    expect(passed.map(({ server: name }) => name)).toEqual(['dhcp4 server-1']);
  });
});

describe('a load in its thread that fails', () => {
  it('rejects with its error: a journal that is not there', async () => {
    const thread = startLoad(orderOf(1, { journal: join(directory, 'none', 'journal.bin') }), hooks());
    await expect(thread.outcome).rejects.toMatchObject({ code: 'STORAGE' });
  });

  it('rejects where a port is taken', async () => {
    const order = orderOf(1);
    const [one] = order.servers;
    if (one === undefined) throw new Error('no server');
    const relay = { address: '127.0.0.1', port: server.address().port };
    const thread = startLoad({ ...order, servers: [{ ...one, relay }] }, hooks());
    await expect(thread.outcome).rejects.toMatchObject({ code: 'PREREQUISITE' });
  });

  it('rejects where the thread crashes, and answers whoever waits for it', async () => {
    // A clock that is no clock makes the program throw where nothing catches.
    const thread = startLoad(orderOf(1, { originNs: undefined as never }), hooks());
    const impaired = thread.links.impair(1, []);
    await expect(thread.outcome).rejects.toThrow(/BigInt/);
    await impaired;
  });
});

describe('a load with a thread for each case', () => {
  /** Two cases that one server answers. */
  const TWO: More = { cases: ['dhcp4', 'dhcp4'], load: { threads: 'case' } };

  it('is one load to its caller: one journal in the order of time, one count of starts, one end', async () => {
    const reached: number[] = [];
    let closings = 0;
    const load = startLoad(
      orderOf(30, TWO),
      hooks({
        reached: (exchanges) => reached.push(exchanges),
        beforeClose: () => {
          closings++;
          return Promise.resolve();
        },
      }),
    );
    const { records, endedEarly } = await load.outcome;
    expect({ records, endedEarly, closings }).toEqual({ records: 2 * 4 * 30, endedEarly: null, closings: 1 });
    expect(reached).toEqual([1, 20]);
    expect(load.counts.map(({ sent, clientsWithLease }) => [sent, clientsWithLease])).toEqual([
      [60, 30],
      [60, 30],
    ]);
    const journal = openJournal(join(directory, 'journal.bin'));
    expect(journal.records).toBe(records);
    for (const pass of [journal.observations(), journal.passing()]) {
      const times: number[] = [];
      const ofCase = [0, 0];
      for (const one of pass) {
        times.push(timeOf(one));
        ofCase[one.caseIndex] = (ofCase[one.caseIndex] ?? 0) + 1;
      }
      expect(ofCase).toEqual([records / 2, records / 2]);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }
  });

  it('begins in all threads at one moment: the cases take turns', async () => {
    await startLoad(orderOf(3, TWO), hooks()).outcome;
    const due: number[][] = [[], []];
    for (const one of openJournal(join(directory, 'journal.bin')).observations())
      if (one.type === 'sent' && one.phase === 'DISCOVER-OFFER') due[one.caseIndex]?.push(one.intendedAtUs);
    const [first = [], second = []] = due;
    // A thousand a second, and half a turn between the cases.
    expect(second.map((atUs, index) => Math.round(atUs - (first[index] ?? 0)))).toEqual([500, 500, 500]);
  });

  it('ends early in all threads', async () => {
    const ending = new AbortController();
    const load = startLoad(
      orderOf(600_000, TWO),
      hooks({
        signal: ending.signal,
        reached: (exchanges) => {
          if (exchanges > 1) ending.abort();
        },
      }),
    );
    const { records } = await load.outcome;
    expect(journaled()).toHaveLength(records);
  });

  it('ends all threads where one fails, and rejects with its error', async () => {
    const order = orderOf(600_000, TWO);
    const [one] = order.servers;
    if (one === undefined) throw new Error('no server');
    // Both threads want this port, and one gets it.
    const free = createSocket('udp4');
    free.bind(0, '127.0.0.1');
    await once(free, 'listening');
    const relay = { address: '127.0.0.1', port: free.address().port };
    await new Promise<void>((resolve) => free.close(() => resolve()));
    const load = startLoad({ ...order, servers: [{ ...one, relay }] }, hooks());
    await expect(load.outcome).rejects.toMatchObject({ code: 'PREREQUISITE' });
  });

  it('ends all threads where one can write no more, and tells why', async () => {
    const order = orderOf(600_000, TWO);
    // This takes whatever is written to it for a full disk.
    rmSync(order.journal);
    symlinkSync('/dev/full', order.journal);
    // At a thousand a second this load would take ten minutes.
    const { endedEarly } = await startLoad(order, hooks()).outcome;
    expect(endedEarly).toMatchObject({ code: 'STORAGE' });
  });

  it('starts no thread where a part of the journal cannot be begun', () => {
    const order = orderOf(1, TWO);
    mkdirSync(join(directory, 'journal-2.bin'));
    const before = process.getActiveResourcesInfo();
    expect(() => startLoad(order, hooks())).toThrow(expect.objectContaining({ code: 'STORAGE' }));
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });

  it('does to the messages of each thread what faults say, and counts them together', async () => {
    const rules = [{ from: 'clients', to: 'dhcp4 server-1', effect: { losePercent: 50 } }];
    const load: RunningLoad = startLoad(
      orderOf(200, { ...TWO, hasFaults: true, marks: [300] }),
      hooks({
        reached: (exchanges) => void (exchanges === 1 ? load.links.impair(3, rules) : load.links.repair(3)),
      }),
    );
    const { passed } = await load.outcome;
    const [met] = load.links.met?.(3) ?? [];
    expect(passed).toHaveLength(1);
    expect(passed[0]?.toServer.messages).toBe(met?.packets);
    expect(met?.packets).toBeGreaterThan(200);
  });
});
