import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import type { Programs } from '../../packages/programs.js';
import { lastLinesOf } from '../../processes/managed-process.js';
import { LiveDirectory } from '../../processes/live-directory.js';
import { identify } from '../../processes/process-id.js';
import { until } from '../../processes/wait.js';
import { GALERA } from '../flavors/galera.js';
import { prepareDataDirectory } from './data-directory.js';

const PATIENCE = { timeoutMs: 10_000, everyMs: 5, signal: new AbortController().signal };
/** A shell script that prints its process id and then ignores SIGTERM. */
const HANG = 'trap "" TERM; echo "pid $$"; while :; do sleep 0.05; done';

let directory: string;
let live: LiveDirectory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'prepare-'));
  live = LiveDirectory.create(undefined, directory);
  mkdirSync(join(directory, 'share'));
  for (const name of ['system_tables', 'performance_tables', 'system_tables_data'])
    writeFileSync(join(directory, 'share', `mysql_${name}.sql`), '');
  writeFileSync(join(directory, 'share', 'maria_add_gis_sp_bootstrap.sql'), '');
});
afterEach(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

/**
 * Prepares a data directory with a fake server: its start in bootstrap mode runs the script `bootstrap`, its other
 * start runs the script `serve`.
 */
function prepare(bootstrap: string, serve: string, limits: { timeoutMs: number; signal?: AbortSignal }) {
  const mariadbd = join(directory, 'mariadbd');
  const script = `#!/bin/sh\ncase "$*" in *--bootstrap*) cat >/dev/null; ${bootstrap};; *) ${serve};; esac\n`;
  writeFileSync(mariadbd, script);
  chmodSync(mariadbd, 0o755);
  const installation = {
    mariadbBasedir: directory,
    mariadbShare: join(directory, 'share'),
    mariadbCharsets: directory,
    mariadbPlugins: directory,
  };
  return prepareDataDirectory({
    programs: { ...installation, mariadbd, environment: { PATH: '/usr/bin:/bin' } } as unknown as Programs,
    live,
    runAs: undefined,
    node: {
      flavor: GALERA,
      provider: '',
      installation,
      address: '127.0.0.1',
      ports: { client: 13_001, group: 13_002, sst: 13_003, ist: 13_004 },
      settings: {},
    },
    password: 'secret',
    logFile: join(directory, 'log'),
    signal: new AbortController().signal,
    ...limits,
  });
}

/** The identity of the hanging program, if it has printed its process id and still runs; else null. */
function hanging() {
  const said = /^pid (\d+)$/m.exec(lastLinesOf(join(directory, 'log'), 5).join('\n'))?.[1];
  return said === undefined ? null : identify(Number(said));
}

const STEPS = [
  ['making the system tables with', HANG, 'exit 0'],
  ['the start of the server that makes the accounts', 'exit 0', HANG],
] as const;

describe.each(STEPS)('when this step hangs: %s', (step, bootstrap, serve) => {
  it('preparing fails with one error once the time to start is over', async () => {
    const error: unknown = await prepare(bootstrap, serve, { timeoutMs: 1_000 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({
      code: 'CLUSTER',
      message: expect.stringContaining('cluster.startTimeoutMs (1 s)') as string,
    });
    expect((error as HarnessError).message).toContain(step);
    expect(hanging()).toBeNull();
  });

  it('preparing is given up with the run, without waiting for the server to end by itself', async () => {
    const run = new AbortController();
    const preparing = prepare(bootstrap, serve, { timeoutMs: 3_600_000, signal: run.signal });
    preparing.catch(() => undefined);
    expect(await until(() => hanging() ?? undefined, PATIENCE)).toBeDefined();
    run.abort(new RangeError());
    const gone = until(() => hanging() === null || undefined, PATIENCE);
    await expect(preparing).rejects.toThrow(RangeError);
    expect(await gone).toBe(true);
  });
});

it('a server that ends by itself is reported as ended, not as one that took too long', async () => {
  const error = await prepare('exit 0', 'echo no way; exit 3', { timeoutMs: 60_000 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'CLUSTER' });
  expect((error as HarnessError).message).toMatch(/exit code 3\n {2}no way$/);
});
