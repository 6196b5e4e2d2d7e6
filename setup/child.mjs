import { spawn } from 'node:child_process';

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };

/**
 * Runs a program to its end and returns its exit code. When this process is told to end, the child is told
 * the same, and this process ends once the child has.
 *
 * `lock` is a file descriptor that the child holds as well: should this process be killed, the lock lasts as
 * long as the child.
 */
export function run(program, args, { cwd, lock, environment } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['inherit', 'inherit', 'inherit', ...(lock === undefined ? [] : [lock])],
    });
    let ended;
    const forward = (signal) => {
      ended ??= signal;
      child.kill(signal);
    };
    for (const signal of Object.keys(CODES)) process.on(signal, forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of Object.keys(CODES)) process.off(name, forward);
      const reason = ended ?? signal;
      if (reason in CODES) process.exit(CODES[reason]);
      resolve(code ?? 70);
    });
  });
}
