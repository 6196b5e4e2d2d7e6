import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { owned } from './children.mjs';

const DRIVER = fileURLToPath(new URL('driver.mjs', import.meta.url));

/** Runs the harness in a process of its own, and returns the report of `driver.mjs`. */
export async function runHarness({ directory }, load) {
  const child = owned(
    fork(DRIVER, [], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const told = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the driver ended with ${code}`)));
  });
  child.send({ directory, ...load });
  const result = await told;
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  return { tool: 'harness', ...result };
}
