// npm test [-- ARGS for vitest]. Whatever the tests need is made first, so that no test spends its time on it. The
// tests that need a Docker engine run only when they are asked for: `npm run test:docker`.
import { run } from './child.mjs';
import { CHECKOUT, ensureBuild } from './ensure.mjs';
import { EXIT_PREREQUISITE, fail, say } from './say.mjs';

const args = process.argv.slice(2);
const asked = projectsIn(args);
const projects = asked.length > 0 ? asked : ['unit', 'system'];
const more = asked.length > 0 ? [] : projects.map((project) => `--project=${project}`);
await ensureBuild();
if (projects.some((project) => project !== 'unit')) await ensurePrivateRoot();
process.exitCode = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...more, ...args], {
  cwd: CHECKOUT,
});

function projectsIn(given) {
  return given.flatMap((arg, index) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
    return arg === '--project' ? [given[index + 1]] : [];
  });
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
