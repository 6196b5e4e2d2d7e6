import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Death } from '../evidence/evidence.js';
import type { Ending } from '../processes/ending.js';
import type { Incarnation } from '../processes/restartable.js';
import { Restartable } from '../processes/restartable.js';
import { DeathWatch, type DeathWatchRequest } from './deaths.js';

/** A process that ends when the test says so. */
class Form implements Incarnation {
  readonly id = undefined;
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

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.ending !== undefined) return Promise.resolve();
    this.asked = true;
    this.end({ signal });
    return Promise.resolve();
  }

  freeze(): void {
    throw new Error('no test freezes it');
  }

  thaw(): void {
    throw new Error('no test thaws it');
  }

  lastLines(): string[] {
    return [`last of ${this.name}`];
  }
}

/** A program that can be started again. */
class Scripted extends Restartable<Form> {
  constructor(name: string) {
    super(new Form(name));
  }

  end(ending: Ending): void {
    this.current.end(ending);
  }

  startAgain(): Promise<void> {
    return this.again(({ name }) => new Form(name));
  }
}

const KILLED = { signal: 'SIGKILL' };
const LOST_ITS_DATABASE = { exitCode: 1 };
const none = (): Promise<undefined> => Promise.resolve(undefined);

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
    const behindProxy = (faultBehind: NonNullable<DeathWatchRequest['faultBehind']> = none) => {
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
        faultBehind,
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
      const asked: unknown[] = [];
      const { own } = behindProxy((server) => {
        asked.push(server);
        return Promise.resolve(0);
      });
      servers[0]?.end(LOST_ITS_DATABASE);
      await vi.advanceTimersByTimeAsync(1);
      expect((await watch.end()).map(({ name, fault }) => [name, fault])).toEqual([['dhcp4 server-1', 0]]);
      expect(own.noticed).toBe(0);
      expect(asked).toEqual([
        {
          name: 'dhcp4 server-1',
          needs: ['haproxy', 'node-1', 'node-2', 'node-3'],
          ending: LOST_ITS_DATABASE,
          logFile: 'log',
        },
      ]);
    });
  });

  it('whatever the harness ends, or ends after the run or its interruption, is no death', async () => {
    const [asked, late] = servers;
    await asked?.stop();
    nodes[0]?.end(KILLED);
    await vi.advanceTimersByTimeAsync(1);
    interruption.abort();
    nodes[1]?.end(KILLED);
    expect(await deaths()).toEqual([['node-1']]);
    late?.end(KILLED);
    await vi.advanceTimersByTimeAsync(1);
    expect([noticed, told.length]).toEqual([1, 1]);
  });

  describe('of what is started again', () => {
    it('are told each time that it ends unasked, and not when a fault ends it', async () => {
      const [server] = servers;
      server?.end(LOST_ITS_DATABASE);
      await vi.advanceTimersByTimeAsync(1);
      // A fault finds nothing to kill. Its undoing starts the server.
      await server?.kill();
      await server?.startAgain();
      await server?.kill();
      await server?.startAgain();
      server?.end({ exitCode: 2 });
      await deaths();
      expect(told.map(({ name, how }) => [name, how])).toEqual([
        ['dhcp4 server-1', 'exit code 1'],
        ['dhcp4 server-1', 'exit code 2'],
      ]);
    });

    it('are told as they were, even if it runs again by then', async () => {
      const [server] = servers;
      server?.end(LOST_ITS_DATABASE);
      await vi.advanceTimersByTimeAsync(1);
      await server?.startAgain();
      await deaths();
      expect(told).toMatchObject([{ how: 'exit code 1', exitCode: 1 }]);
    });
  });

  describe('with faults', () => {
    const withFaults = (faultBehind: NonNullable<DeathWatchRequest['faultBehind']>): void => {
      const [node, server] = [nodes[1], servers[1]];
      watch = new DeathWatch({
        watched: [
          { kind: 'node', name: 'node-2', running: node },
          { kind: 'server', name: 'dhcp4 server-2', needs: ['node-2'], running: server },
        ],
        nowUs: () => performance.now() * 1_000,
        signal: interruption.signal,
        noticed: () => noticed++,
        faultBehind,
        told: (death) => told.push(death),
      });
      // The watch of all other tests sees the same programs.
      noticed = 0;
      told = [];
    };

    it('a server that no fault has ended fails the run', async () => {
      withFaults(none);
      servers[1]?.end({ exitCode: 0 });
      await deaths();
      expect(told.find(({ name }) => name === 'dhcp4 server-2')).not.toHaveProperty('fault');
      expect(noticed).toBeGreaterThan(0);
    });

    it('a node that ends by itself is the cause, and no fault', async () => {
      withFaults(() => Promise.resolve(0));
      nodes[1]?.end(KILLED);
      await vi.advanceTimersByTimeAsync(1);
      servers[1]?.end(LOST_ITS_DATABASE);
      expect(await deaths()).toEqual([['node-2'], ['dhcp4 server-2', 'node-2']]);
      expect(told.some(({ fault }) => fault !== undefined)).toBe(false);
    });
  });

  it('an interruption ends the wait for a cause', async () => {
    servers[0]?.end(LOST_ITS_DATABASE);
    await vi.advanceTimersByTimeAsync(1);
    interruption.abort();
    expect((await watch.end()).map(({ name }) => name)).toEqual(['dhcp4 server-1']);
  });
});
