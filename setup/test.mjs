// npm test [-- ARGS for vitest]. Whatever the tests need is made first, so that none of them pays for it.
import { run } from './child.mjs';
import { CHECKOUT, ensureBuild } from './ensure.mjs';
import { EXIT_PREREQUISITE, fail, say } from './say.mjs';

const args = process.argv.slice(2);
await ensureBuild();
if (!isUnitOnly(args)) await ensurePrivateRoot();
process.exitCode = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
  cwd: CHECKOUT,
});

function isUnitOnly(given) {
  const projects = given.flatMap((arg, index) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
    return arg === '--project' ? [given[index + 1]] : [];
  });
  return projects.length > 0 && projects.every((project) => project === 'unit');
}

async function ensurePrivateRoot() {
  const { ensurePrivateRoot: ensure } = await import('../dist/packages/private-root.js');
  const interrupted = new globalThis.AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };
  const interrupt = (signal) => interrupted.abort(signal);
  for (const signal of Object.keys(codes)) process.on(signal, interrupt);
  let told;
  const onProgress = ({ message }) => {
    if (message !== told) say(message);
    told = message;
  };
  try {
    await ensure({ onProgress, signal: interrupted.signal });
  } catch (error) {
    if (interrupted.signal.aborted) process.exit(codes[interrupted.signal.reason]);
    fail(
      `${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}`,
      error.exitCode ?? EXIT_PREREQUISITE,
    );
  }
  for (const signal of Object.keys(codes)) process.off(signal, interrupt);
}
