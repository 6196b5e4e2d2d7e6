import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whileAllRun } from './guard.js';
import { ManagedProcess } from './managed-process.js';
import { Restartable } from './restartable.js';
import type { Running } from './running.js';

let directory: string;
let programs: Restartable[];
const start = (script = 'exec sleep 60'): ManagedProcess =>
  ManagedProcess.start({
    name: 'node-1',
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: directory,
    logFile: join(directory, 'log'),
  });
const restartable = (script?: string): Restartable => {
  const program = new Restartable(start(script));
  programs.push(program);
  return program;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'restartable-'));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.close('SIGKILL')));
  rmSync(directory, { recursive: true });
});

describe('a program that can be started again', () => {
  it('ends when a fault ends it, and goes on with a new process', async () => {
    const program = restartable();
    const first = program.id;
    await program.kill();
    expect(program).toMatchObject({ asked: true, how: 'signal SIGKILL', startedAgain: false });
    await program.again(() => start());
    expect(program).toMatchObject({ asked: false, how: undefined, startedAgain: true });
    expect(program.id).not.toEqual(first);
    await program.stop();
    expect(program.how).toBe('signal SIGTERM');
  });

  it('has an end of its own for each process', async () => {
    const program = restartable('exit 3');
    const seen: Running[] = [];
    program.eachForm((form) => seen.push(form));
    await program.ended;
    await program.again(() => start());
    const second = program.ended;
    expect(program).toMatchObject({ how: undefined, ending: undefined });
    await program.kill();
    await second;
    await program.again(() => start('exit 4'));
    await program.ended;
    expect(seen.map(({ asked, how }) => [asked, how])).toEqual([
      [false, 'exit code 3'],
      [true, 'signal SIGKILL'],
      [false, 'exit code 4'],
    ]);
  });

  it('was not asked to end if it had ended by then', async () => {
    const program = restartable('exit 3');
    await program.ended;
    await program.kill();
    await program.freeze();
    await program.thaw();
    expect(program).toMatchObject({ asked: false, how: 'exit code 3' });
  });

  const { signal } = new AbortController();
  it('may be waited for in its new form after it ended unasked', async () => {
    const program = restartable('exit 3');
    await program.ended;
    await expect(whileAllRun('KEA', [program], signal, () => Promise.resolve('ready'))).resolves.toBe(
      'ready',
    );
    const never = () => new Promise<never>(() => undefined);
    await expect(whileAllRun('KEA', [program], signal, never)).rejects.toThrow('node-1 ended (exit code 3)');
    await program.again(() => start());
    const ready = () => new Promise((resolve) => setTimeout(() => resolve('ready'), 100));
    await expect(whileAllRun('KEA', [program], signal, ready)).resolves.toBe('ready');
  });

  it('has ended when it is closed, frozen or not', async () => {
    const program = restartable();
    await program.freeze();
    await program.close();
    await program.ended;
    expect(program.how).toBe('signal SIGTERM');
  });

  it('is not started again once it is closed', async () => {
    const program = restartable();
    await program.close('SIGKILL');
    await expect(program.again(() => start())).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('is ended if it was closed while it was started', async () => {
    const program = restartable('exit 3');
    await program.ended;
    const again = program.again(async () => {
      await program.close();
      return start();
    });
    await expect(again).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(program.how).toBe('signal SIGKILL');
  });
});
