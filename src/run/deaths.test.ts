import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Death } from '../evidence/evidence.js';
import type { Ending } from '../processes/ending.js';
import type { Running } from '../processes/running.js';
import { DeathWatch } from './deaths.js';

/** A program that ends when the test says so. */
class Scripted implements Running {
  readonly logFile = 'log';
  asked = false;
  how: string | undefined;
  ending: Ending | undefined;
  readonly ended: Promise<unknown>;
  #settle: (value?: unknown) => void = () => undefined;

  constructor(readonly name: string) {
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  end(ending: Ending): void {
    this.ending = ending;
    this.how =
      ending.signal === undefined ? `exit code ${ending.exitCode ?? '?'}` : `signal ${ending.signal}`;
    this.#settle();
  }

  lastLines(): string[] {
    return [`last of ${this.name}`];
  }
}

const KILLED = { signal: 'SIGKILL' };
const LOST_ITS_DATABASE = { exitCode: 1 };

let nodes: Scripted[];
let servers: Scripted[];
let told: Death[];
let noticed: number;
let interruption: AbortController;
let watch: DeathWatch;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  nodes = ['node-1', 'node-2', 'node-3'].map((name) => new Scripted(name));
  servers = ['dhcp4 server-1', 'dhcp4 server-2', 'dhcp4 server-3'].map((name) => new Scripted(name));
  told = [];
  noticed = 0;
  interruption = new AbortController();
  watch = new DeathWatch({
    watched: [
      ...nodes.map((running) => ({ kind: 'node' as const, name: running.name, running })),
      ...servers.map((running, index) => ({
        kind: 'server' as const,
        name: running.name,
        needs: [`node-${index + 1}`],
        running,
      })),
    ],
    nowUs: () => performance.now() * 1_000,
    signal: interruption.signal,
    noticed: () => noticed++,
    told: (death) => told.push(death),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function deaths(): Promise<(string | undefined)[][]> {
  const ended = watch.end();
  await vi.advanceTimersByTimeAsync(20_000);
  return (await ended).map(({ name, after }) => (after === undefined ? [name] : [name, after]));
}

describe('deaths', () => {
  it('are none where nobody died, and that is known at once', async () => {
    expect(await watch.end()).toEqual([]);
  });

  it('a server’s death follows from its node’s death, even if the node is seen to end later', async () => {
    servers[1]?.end(LOST_ITS_DATABASE);
    await vi.advanceTimersByTimeAsync(100);
    expect([noticed, told]).toEqual([1, []]);
    nodes[1]?.end(KILLED);
    await vi.advanceTimersByTimeAsync(1);
    expect(told.map(({ name }) => name)).toEqual(['node-2', 'dhcp4 server-2']);
    expect(await deaths()).toEqual([['node-2'], ['dhcp4 server-2', 'node-2']]);
    expect(told[0]).toMatchObject({ kind: 'node', signal: 'SIGKILL', how: 'signal SIGKILL' });
    expect(told[1]).toMatchObject({ kind: 'server', exitCode: 1, lastLines: ['last of dhcp4 server-2'] });
  });

  it('a node and its server that are seen to end at once are told in the same order', async () => {
    servers[1]?.end(LOST_ITS_DATABASE);
    nodes[1]?.end(KILLED);
    await deaths();
    expect(told.map(({ name }) => name)).toEqual(['node-2', 'dhcp4 server-2']);
  });

  it('all deaths at once are kept, each node before its servers', async () => {
    for (const one of [servers[2], nodes[0], nodes[1], nodes[2]])
      one?.end(one === servers[2] ? LOST_ITS_DATABASE : KILLED);
    await vi.advanceTimersByTimeAsync(50);
    servers[0]?.end(LOST_ITS_DATABASE);
    expect(await deaths()).toEqual([
      ['node-1'],
      ['dhcp4 server-1', 'node-1'],
      ['node-2'],
      ['node-3'],
      ['dhcp4 server-3', 'node-3'],
    ]);
  });

  it('a server that ends long after its node still follows from the node’s death', async () => {
    nodes[0]?.end(KILLED);
    await vi.advanceTimersByTimeAsync(15_000);
    servers[0]?.end(LOST_ITS_DATABASE);
    expect(await deaths()).toEqual([['node-1'], ['dhcp4 server-1', 'node-1']]);
  });

  it.each([KILLED, { signal: 'SIGTERM' }])(
    'a server that somebody kills (%j) follows from nothing',
    async (how) => {
      nodes[0]?.end(KILLED);
      servers[0]?.end(how);
      expect(await deaths()).toEqual([['node-1'], ['dhcp4 server-1']]);
    },
  );

  it('a server does not follow from a node that goes on, dies much later, or is not its own', async () => {
    nodes[2]?.end(KILLED);
    servers[0]?.end({ signal: 'SIGSEGV' });
    servers[1]?.end(LOST_ITS_DATABASE);
    await vi.advanceTimersByTimeAsync(10_000);
    nodes[1]?.end(KILLED);
    expect(await deaths()).toEqual([['node-3'], ['dhcp4 server-1'], ['dhcp4 server-2'], ['node-2']]);
  });

  describe('behind a proxy', () => {
    /** The servers may be connected to any node. */
    const behindProxy = (faults: Record<string, number> = {}) => {
      const proxy = new Scripted('haproxy');
      const own = { told: [] as Death[], noticed: 0 };
      const watched = [
        ...nodes.map((running) => ({ kind: 'node' as const, name: running.name, running })),
        { kind: 'proxy' as const, name: 'haproxy', running: proxy },
        ...servers.map((running) => ({
          kind: 'server' as const,
          name: running.name,
          needs: ['haproxy', 'node-1', 'node-2', 'node-3'],
          running,
        })),
      ];
      watch = new DeathWatch({
        watched,
        nowUs: () => performance.now() * 1_000,
        signal: interruption.signal,
        noticed: () => own.noticed++,
        faultBehind: (name) => faults[name],
        told: (death) => own.told.push(death),
      });
      return { proxy, own };
    };

    it('the proxy’s death is named, and the servers that end without it follow from it', async () => {
      const { proxy, own } = behindProxy();
      servers[1]?.end(LOST_ITS_DATABASE);
      proxy.end(KILLED);
      expect(await deaths()).toEqual([['haproxy'], ['dhcp4 server-2', 'haproxy']]);
      expect(own.told[0]).toMatchObject({ kind: 'proxy', name: 'haproxy', signal: 'SIGKILL' });
    });

    it('a server may end because a fault took away any of the nodes', async () => {
      const { own } = behindProxy({ 'node-2': 0 });
      servers[0]?.end(LOST_ITS_DATABASE);
      expect((await watch.end()).map(({ name, fault }) => [name, fault])).toEqual([['dhcp4 server-1', 0]]);
      expect(own.noticed).toBe(0);
    });
  });

  it('whatever the harness ends, or ends after the run or its interruption, is no death', async () => {
    const [asked, late] = servers;
    if (asked !== undefined) asked.asked = true;
    asked?.end({ exitCode: 0 });
    nodes[0]?.end(KILLED);
    await vi.advanceTimersByTimeAsync(1);
    interruption.abort();
    nodes[1]?.end(KILLED);
    expect(await deaths()).toEqual([['node-1']]);
    late?.end(KILLED);
    await vi.advanceTimersByTimeAsync(1);
    expect([noticed, told.length]).toEqual([1, 1]);
  });

  it('an interruption ends the wait for a cause', async () => {
    servers[0]?.end(LOST_ITS_DATABASE);
    await vi.advanceTimersByTimeAsync(1);
    interruption.abort();
    expect((await watch.end()).map(({ name }) => name)).toEqual(['dhcp4 server-1']);
  });
});
