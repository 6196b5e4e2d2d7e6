import { spawn } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };
const GRACE_MS = 30_000;

/**
 * Runs a program to its end and returns its exit code. When this process is told to end, it tells the child the same,
 * and ends once the child has ended.
 *
 * `lock` is a file descriptor that the child holds as well: if this process is killed, the lock lasts as long as the
 * child. A child that has not ended after `timeoutMs` is made to end, and the exit code is null. `printed` is called with
 * what the child prints, which is else printed at once.
 */
export function run(program, args, { cwd, lock, environment, timeoutMs, printed } = {}) {
  return new Promise((resolve, reject) => {
    const output = printed === undefined ? 'inherit' : 'pipe';
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['inherit', output, output, ...(lock === undefined ? [] : [lock])],
    });
    if (printed !== undefined)
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', printed);
    let ended;
    const forward = (signal) => {
      ended ??= signal;
      child.kill(signal);
    };
    for (const signal of Object.keys(CODES)) process.on(signal, forward);
    let timedOut = false;
    const timers =
      timeoutMs === undefined
        ? []
        : [
            setTimeout(() => (timedOut = child.kill('SIGTERM')), timeoutMs),
            setTimeout(() => child.kill('SIGKILL'), timeoutMs + GRACE_MS),
          ];
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      for (const name of Object.keys(CODES)) process.off(name, forward);
      const reason = ended ?? (timedOut ? undefined : signal);
      if (reason in CODES) process.exit(CODES[reason]);
      resolve(timedOut ? null : (code ?? 70));
    });
  });
}
