import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whileAllRun } from './guard.js';
import { lastLinesOf, ManagedProcess, type ProcessSpec } from './managed-process.js';
import { isRunning } from './process-id.js';
import { until } from './wait.js';

const PATIENCE = { timeoutMs: 10_000, everyMs: 5, signal: new AbortController().signal };
const started: ManagedProcess[] = [];
let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'managed-'))));
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.stop('SIGKILL')));
  rmSync(directory, { recursive: true });
});

function start(command: string, args: readonly string[], changes: Partial<ProcessSpec> = {}): ManagedProcess {
  const process = ManagedProcess.start({
    name: 'example',
    command,
    args,
    env: { PATH: '/usr/bin:/bin' },
    cwd: directory,
    logFile: join(directory, 'log'),
    ...changes,
  });
  started.push(process);
  return process;
}

const shell = (script: string): ManagedProcess => start('sh', ['-c', script]);

/** Waits until the log has a line, so that a signal meets the process in the wanted state. */
async function said(process: ManagedProcess, line: string): Promise<void> {
  await until(() => (process.lastLines().includes(line) ? true : undefined), PATIENCE);
}

describe('a managed process', () => {
  it('runs with the environment and directory it was given, its output in the log', async () => {
    const process = start('sh', ['-c', 'echo "$GREETING from $(pwd)"; echo oops >&2'], {
      env: { PATH: '/usr/bin:/bin', GREETING: 'hello' },
    });
    await process.ended;
    expect(process.lastLines()).toEqual([`hello from ${directory}`, 'oops']);
  });

  it('takes what it started with it, however it ends', async () => {
    const process = shell('sleep 600 & echo "$!"; wait');
    const pid = await until(() => process.lastLines()[0], PATIENCE);
    await process.stop('SIGKILL');
    const gone = (): true | undefined => {
      try {
        // A process that has ended and that nobody waited for has no command line.
        return readFileSync(`/proc/${pid ?? ''}/cmdline`, 'utf8') === '' ? true : undefined;
      } catch {
        return true;
      }
    };
    expect(await until(gone, PATIENCE)).toBe(true);
  });

  it('is running, unasked, until it ends', async () => {
    const process = start('sleep', ['60']);
    expect(process).toMatchObject({ running: true, asked: false, how: undefined });
    expect(isRunning(process.id)).toBe(true);
    await process.stop();
    expect(process).toMatchObject({ running: false, asked: true, how: 'signal SIGTERM' });
    expect(isRunning(process.id)).toBe(false);
  });

  it.each([
    ['exit 7', { code: 7, signal: null }, 'exit code 7'],
    ['exit 0', { code: 0, signal: null }, 'exit code 0'],
    ['kill -SEGV $$', { code: null, signal: 'SIGSEGV' }, 'signal SIGSEGV'],
  ])('that ends by itself (%s) was not asked to', async (script, end, how) => {
    const process = shell(script);
    expect(await process.ended).toEqual(end);
    expect(process).toMatchObject({ running: false, asked: false, how });
  });

  it('has a session of its own, so that a Ctrl-C does not reach it', () => {
    const { id } = start('sleep', ['60']);
    const fields = readFileSync(`/proc/${id.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    expect(fields[3]).toBe(String(id.pid));
  });

  it('that ignores SIGTERM is killed when its grace is over', async () => {
    const process = shell('trap "" TERM; echo deaf; while :; do sleep 0.05; done');
    await said(process, 'deaf');
    await process.stop('SIGTERM', 50);
    expect(process.how).toBe('signal SIGKILL');
  });

  it('that needs a while to end gets the time', async () => {
    const process = shell('trap "exit 3" TERM; echo ready; while :; do sleep 0.05; done');
    await said(process, 'ready');
    await process.stop('SIGTERM', 60_000);
    expect(process.how).toBe('exit code 3');
  });

  it('can be stopped again, and after its end', async () => {
    const process = start('sleep', ['60']);
    await Promise.all([process.stop('SIGKILL'), process.stop('SIGKILL')]);
    await process.stop();
    expect(process.how).toBe('signal SIGKILL');
  });

  it('that is frozen goes on when it is thawed, and is not asked to end by that', async () => {
    const process = start('sh', ['-c', 'kill -STOP $$; exit 3']);
    process.freeze();
    await until(
      () => /^State:\s+T/m.test(readFileSync(`/proc/${process.id.pid}/status`, 'utf8')) || undefined,
      {
        timeoutMs: 10_000,
        signal: new AbortController().signal,
      },
    );
    expect(process.running).toBe(true);
    // The shell may halt itself after it was thawed, so it is thawed until it has ended.
    const thawing = setInterval(() => process.thaw(), 20);
    await process.ended;
    clearInterval(thawing);
    expect(process.asked).toBe(false);
    expect(process.how).toBe('exit code 3');
  });

  it('that is frozen can be ended in order', async () => {
    const process = start('sleep', ['60']);
    process.freeze();
    await process.stop('SIGTERM', 60_000);
    expect(process.how).toBe('signal SIGTERM');
  });

  it('may end before anybody waits for it', async () => {
    for (let times = 0; times < 5; times++) expect((await start('true', []).ended).code).toBe(0);
  });

  it.each([
    ['is not there', '/nonexistent/kea-dhcp4'],
    ['is not on PATH', 'kea-dhcp4-of-nowhere'],
    ['is a directory', '/usr/bin'],
  ])('whose program %s is not started', (_, command) => {
    expect(() => start(command, [])).toThrow(expect.objectContaining({ code: 'PREREQUISITE', exitCode: 69 }));
  });

  it('whose program may not be executed is not started', () => {
    const program = join(directory, 'program');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o644);
    expect(() => start(program, [])).toThrow(expect.objectContaining({ code: 'PREREQUISITE' }));
  });
});

describe('the last lines of a log', () => {
  const log = (text: string): string => {
    const path = join(directory, 'some.log');
    writeFileSync(path, text);
    return path;
  };

  it('leave out empty lines at the end', () => {
    expect(lastLinesOf(log('1\n2\n3\n\n'), 2)).toEqual(['2', '3']);
    expect(lastLinesOf(log('1\n2'), 9)).toEqual(['1', '2']);
    expect(lastLinesOf(log('{ "password": "se\\"cret", "port": 3306 }'), 1)).toEqual([
      '{ "password": "…", "port": 3306 }',
    ]);
  });

  it('are found in a long log', () => {
    expect(lastLinesOf(log('x'.repeat(99).concat('\n').repeat(10_000) + 'end\n'), 2)).toEqual([
      'x'.repeat(99),
      'end',
    ]);
  });

  it('are none where there is nothing to read', () => {
    expect(lastLinesOf(log(''), 5)).toEqual([]);
    expect(lastLinesOf(join(directory, 'none'), 5)).toEqual([]);
  });
});

describe('while all run', () => {
  const { signal } = new AbortController();
  const never = () => new Promise<never>(() => undefined);

  it('the work’s result is the result', async () => {
    const process = start('sleep', ['60']);
    await expect(whileAllRun('KEA', [process], signal, () => Promise.resolve(7))).resolves.toBe(7);
    await expect(
      whileAllRun('KEA', [process], signal, () => Promise.reject(new RangeError())),
    ).rejects.toThrow(RangeError);
    // A process that ends afterwards does not concern this work.
    await process.stop('SIGKILL');
  });

  it('an unasked end is a failure at once, with how the process ended and its last lines', async () => {
    const process = shell('echo no space left; exit 5');
    await expect(
      whileAllRun('CLUSTER', [start('sleep', ['60']), process], signal, never),
    ).rejects.toMatchObject({
      code: 'CLUSTER',
      message: 'example ended (exit code 5)\n  no space left',
      hint: expect.stringContaining(process.logFile) as string,
    });
  });

  it('a program that its user may not run is told with what to do', async () => {
    const process = shell('echo "setpriv: failed to execute /opt/kea: Permission denied"; exit 126');
    await expect(whileAllRun('KEA', [process], signal, never)).rejects.toMatchObject({
      hint: expect.stringMatching(/let everybody read \/opt\/kea .*cluster\.user/) as string,
    });
  });

  it('an unasked end before the work is a failure too', async () => {
    const process = shell('exit 1');
    await process.ended;
    await expect(whileAllRun('KEA', [process], signal, never)).rejects.toMatchObject({ code: 'KEA' });
  });

  it('if a process of the foundation ends as well, the error names that one, whichever end is seen first', async () => {
    const node = start('sleep', ['60'], { name: 'node' });
    const server = shell('exit 1');
    await server.ended;
    const failed = whileAllRun('KEA', [server], signal, never, { code: 'CLUSTER', running: [node] });
    process.kill(node.id.pid, 'SIGKILL');
    await expect(failed).rejects.toMatchObject({ code: 'CLUSTER', message: 'node was killed (SIGKILL)' });
  });

  it('an end that was asked for is no failure', async () => {
    const process = start('sleep', ['60']);
    const work = process.stop('SIGKILL').then(() => 'done');
    await expect(whileAllRun('KEA', [process], signal, () => work)).resolves.toBe('done');
  });

  it('the work hears that nobody waits for it any longer, and that the run was interrupted', async () => {
    let heard: AbortSignal | undefined;
    const listening = (signal: AbortSignal) => ((heard = signal), never());
    await expect(whileAllRun('KEA', [shell('exit 1')], signal, listening)).rejects.toMatchObject({
      code: 'KEA',
    });
    expect(heard?.aborted).toBe(true);
    const run = new AbortController();
    void whileAllRun('KEA', [], run.signal, listening);
    expect(heard?.aborted).toBe(false);
    run.abort();
    expect(heard?.aborted).toBe(true);
  });
});
