// npm run nightly: what takes too long for every change. Ten clean quick runs in a row, which must all pass, and the
// negative control, which must hold; one suite, its last lines say how each run ended.
import { ensureBuild } from './ensure.mjs';

const CLEAN_RUNS = 10;

await ensureBuild();
process.argv.push(
  'run',
  ...Array(CLEAN_RUNS).fill('published-galera'),
  'shared-database',
  'staggered',
  'negative-control',
  '--quick',
);
await import('../dist/cli.js');
