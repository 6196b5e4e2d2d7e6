// npm run nightly [-- PART…]: runs what takes too long for every change. Its last lines say how each part ended. The
// exit code is the worst of the parts' exit codes.
//
// suite     ten clean quick runs in a row, which must all pass, the references, and the negative control, which must hold
// all       every scenario that can run here, at its quick pace
// controls  everything that can be done wrong to a run, one thing at a time, in every case; runs that are interrupted;
//           runs and their own captures; and the other tests that take long
// docker    the same for containers, in a Docker engine that is started where none answers
// bench     10 million observations judged within the limits of test/bench/journal.mjs
// capture   a capture of a million packets judged within the limits of test/bench/capture.mjs, with an id for each client and
//           with one for all
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

import { run } from './child.mjs';
import { CHECKOUT, ensureBuild } from './ensure.mjs';
import { fail } from './say.mjs';

const CLI = 'dist/cli.js';
const CLEAN_RUNS = 10;
const SCENARIOS = [
  ...Array(CLEAN_RUNS).fill('published-galera'),
  'shared-database',
  'staggered',
  'negative-control',
];

const TESTS = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.nightly.config.ts'];

const PARTS = {
  suite: { args: [CLI, 'run', ...SCENARIOS, '--quick'], minutes: 15 },
  all: { args: [CLI, 'run', '--all', '--quick'], minutes: 30 },
  controls: { args: [...TESTS, '--project=nightly'], minutes: 35 },
  docker: {
    args: ['setup/with-engine.mjs', process.execPath, ...TESTS, '--project=nightly-docker'],
    minutes: 10,
  },
  bench: { args: ['test/bench/journal.mjs', '10', '--limits'], minutes: 5 },
  capture: { args: ['test/bench/capture.mjs', '--limits'], minutes: 5 },
};

const WORDS = { 0: 'pass', 1: 'fail', 2: 'inconclusive' };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  fail(`There is no part ${unknown.join(', ')}: it is one of ${Object.keys(PARTS).join(', ')}`, 64);
}
await ensureBuild();
const { worstExitCode } = await import('../dist/errors.js');

const parts = [];
process.on('exit', () => {
  // The servers of a part that was cut die with their harness, but their files stay on the disk.
  if (parts.some(({ cut }) => cut)) {
    spawnSync(process.execPath, [CLI, 'clean'], { cwd: CHECKOUT, stdio: 'inherit' });
  }
  console.log(`\n${parts.map(({ name, says }) => `${name.padEnd(9)} ${says}`).join('\n')}`);
});
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const { args, minutes } = PARTS[name];
  console.log(`\n=== ${name}`);
  const begun = performance.now();
  // This entry is printed if a signal ends this process.
  const part = { name, cut: true, says: 'interrupted' };
  parts.push(part);
  const code = await run(process.execPath, args, { cwd: CHECKOUT, timeoutMs: minutes * 60_000 });
  const seconds = Math.round((performance.now() - begun) / 1_000);
  part.cut = code === null;
  part.code = code ?? 1;
  part.says = part.cut
    ? `not ended after ${minutes} minutes`
    : `${WORDS[code] ?? `exit code ${code}`} after ${seconds} s`;
}
process.exitCode = worstExitCode(parts.map(({ code }) => code));
