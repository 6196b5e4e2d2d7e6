import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { identify, identifyChild, isRunning } from './process-id.js';
import { until } from './wait.js';

const PATIENCE = { timeoutMs: 10_000, everyMs: 5, signal: new AbortController().signal };
let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** Field 3 of `/proc/PID/stat`. */
const stateOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];

describe('a process', () => {
  it('is known by its number and start time while it runs', () => {
    const self = identify(process.pid);
    expect(self?.pid).toBe(process.pid);
    expect(self?.startTime).toMatch(/^[0-9]+$/);
    expect(self !== null && isRunning(self)).toBe(true);
  });

  it('with another start time is another process', () => {
    expect(isRunning({ pid: process.pid, startTime: '1' })).toBe(false);
  });

  it('that has ended has no identity', async () => {
    child = spawn('sleep', ['60']);
    const pid = child.pid ?? -1;
    const id = identify(pid);
    expect(id !== null && isRunning(id)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identify(pid)).toBeNull();
    expect(identifyChild(pid)).toBeNull();
    expect(id !== null && isRunning(id)).toBe(false);
  });

  it('that is a zombie has an identity only as a child', async () => {
    // A stopped shell does not wait for its child.
    child = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -STOP $$'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const { stdout, pid: shell = -1 } = child;
    if (stdout === null) throw new Error('no output');
    const [said] = (await once(stdout, 'data')) as [Buffer];
    const zombie = Number(said.toString());
    await until(() => (stateOf(shell) === 'T' ? true : undefined), PATIENCE);
    process.kill(zombie, 'SIGKILL');
    expect(await until(() => (stateOf(zombie) === 'Z' ? true : undefined), PATIENCE)).toBe(true);
    expect(identify(zombie)).toBeNull();
    expect(identifyChild(zombie)).toMatchObject({ pid: zombie });
  });

  it.each([-1, 0, 1.5, 2 ** 30])('of number %f has no identity', (pid) => expect(identify(pid)).toBeNull());

  it('may have a name with spaces and parentheses', () => {
    const title = process.title;
    process.title = 'a) S 1 (b';
    try {
      expect(identify(process.pid)?.startTime).toMatch(/^[0-9]{3,}$/);
    } finally {
      process.title = title;
    }
  });
});
