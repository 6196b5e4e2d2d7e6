import { readFileSync } from 'node:fs';

/**
 * The CPU time of all ended children with all their threads: cutime and cstime of proc(5), which are in hundredths of
 * a second.
 */
export function childrenCpuUs() {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10_000;
}

const running = new Set();

/** A child that ends with this program, however that ends short of SIGKILL. */
export function owned(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Lets Ctrl-C and SIGTERM end the bench with all that it has started, and does `last` then. */
export function endWithSignals(last) {
  process.once('exit', () => {
    for (const child of running) child.kill('SIGKILL');
    last();
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])
    process.once(signal, () => process.exit(code));
}
