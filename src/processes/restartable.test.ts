import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManagedProcess } from './managed-process.js';
import { Restartable } from './restartable.js';

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
const hasEnded = async (program: Restartable): Promise<boolean> =>
  Promise.race([
    program.ended.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ]);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'restartable-'));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.close('SIGKILL')));
  rmSync(directory, { recursive: true });
});

describe('a program that can be started again', () => {
  it('has not ended when a fault ends it, and goes on with a new process', async () => {
    const program = restartable();
    const first = program.id;
    await program.kill();
    expect(program).toMatchObject({ asked: true, how: 'signal SIGKILL', startedAgain: false });
    expect(await hasEnded(program)).toBe(false);
    await program.again(() => start());
    expect(program).toMatchObject({ asked: false, how: undefined, startedAgain: true });
    expect(program.id).not.toEqual(first);
    await program.stop();
    expect(program.how).toBe('signal SIGTERM');
    expect(await hasEnded(program)).toBe(false);
  });

  it('has ended when its process ends unasked, also the second one', async () => {
    const program = restartable();
    await program.kill();
    await program.again(() => start('exit 3'));
    await program.ended;
    expect(program).toMatchObject({ asked: false, how: 'exit code 3' });
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
});
