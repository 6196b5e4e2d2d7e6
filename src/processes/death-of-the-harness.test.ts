import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isRunning, type ProcessId } from './process-id.js';
import { until } from './wait.js';

/*
 * However the harness ends, the processes that it started end with it, unless they are to be kept. A harness that can
 * be killed is a program of its own, so these tests compile the sources that it needs.
 */

const PATIENCE = { timeoutMs: 10_000, everyMs: 5, signal: new AbortController().signal };
const SOURCES = [
  'errors',
  'tool',
  'processes/command-line',
  'processes/managed-process',
  'processes/process-id',
];
let root: string;
let directory: string;
let harness: ChildProcess | undefined;
let survivor: ProcessId | undefined;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'harness-'));
  directory = join(root, 'dist');
  mkdirSync(join(directory, 'processes'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module", "name": "harness", "version": "0" }');
  for (const source of SOURCES) {
    const text = readFileSync(new URL(`../${source}.ts`, import.meta.url), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
    writeFileSync(join(directory, `${source}.js`), ts.transpileModule(text, { compilerOptions }).outputText);
  }
});
afterEach(() => {
  harness?.kill('SIGKILL');
  if (survivor !== undefined && isRunning(survivor)) process.kill(survivor.pid, 'SIGKILL');
});
afterAll(() => rmSync(root, { recursive: true }));

/** Starts a harness that starts a server. Returns the server. */
async function harnessWithServer(outlivesHarness: boolean): Promise<ProcessId> {
  const program = `
    import { ManagedProcess } from './processes/managed-process.js';
    const { id } = ManagedProcess.start({
      name: 'server', command: 'sleep', args: ['60'], env: { PATH: '/usr/bin:/bin' }, cwd: '/',
      logFile: ${JSON.stringify(join(directory, 'log'))}, outlivesHarness: ${outlivesHarness},
    });
    console.log(JSON.stringify(id));
    setInterval(() => undefined, 1_000);
  `;
  const file = join(directory, 'harness.js');
  writeFileSync(file, program);
  harness = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (harness.stdout === null) throw new Error('no output');
  const [said] = (await once(harness.stdout, 'data')) as [Buffer];
  survivor = JSON.parse(said.toString()) as ProcessId;
  return survivor;
}

/** Waits until setpriv has become the server, which is `sleep`. */
async function becomesSleep({ pid }: ProcessId): Promise<void> {
  const command = (): string => readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  await until(() => (command().startsWith('sleep') ? true : undefined), PATIENCE);
}

describe('a harness that is killed', () => {
  it('takes its servers with it', async () => {
    const server = await harnessWithServer(false);
    await becomesSleep(server);
    expect(isRunning(server)).toBe(true);
    harness?.kill('SIGKILL');
    expect(await until(() => (isRunning(server) ? undefined : 'gone'), PATIENCE)).toBe('gone');
  });

  it('leaves those that are to be kept', async () => {
    const server = await harnessWithServer(true);
    await becomesSleep(server);
    harness?.kill('SIGKILL');
    if (harness?.exitCode === null && harness.signalCode === null) await once(harness, 'exit');
    expect(isRunning(server)).toBe(true);
  });
});
