import { spawnSync } from 'node:child_process';
import { fail, EXIT_PREREQUISITE } from '../../../setup/say.mjs';

const INSIDE = 'KEA_CONFORMANCE_BENCH_NAMESPACE';

/**
 * Continues in a network namespace of its own: perfdhcp needs port 67 and a second local address, and nothing of the
 * machine may be touched. Called outside, it runs this program again inside and exits with its exit code.
 */
export function enterNamespace() {
  if (process.env[INSIDE] === undefined) {
    const asUser = process.getuid() === 0 ? [] : ['--user', '--map-root-user'];
    const { status, error } = spawnSync(
      'unshare',
      [...asUser, '--net', '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } },
    );
    if (error !== undefined)
      fail(`unshare can't be run: ${error.message}; install util-linux`, EXIT_PREREQUISITE);
    if (status === 1 && asUser.length > 0) {
      fail(
        'The bench needs a network namespace; where users may not make one, run it as root.',
        EXIT_PREREQUISITE,
      );
    }
    process.exit(status ?? 70);
  }
  for (const args of [
    ['link', 'set', 'lo', 'up'],
    ['address', 'add', '127.0.0.2/8', 'dev', 'lo'],
  ]) {
    const { status, error } = spawnSync('ip', args, { stdio: 'inherit' });
    if (status !== 0)
      fail(`ip ${args.join(' ')} failed ${error?.message ?? ''}; install iproute2`, EXIT_PREREQUISITE);
  }
}
