// tally.mjs RESULTS…: counts what vitest's JSON reporter wrote, one file for each time it ran. The exit code is 1
// unless every test ran and passed. One test needs what can't be had everywhere. It may be skipped, and is then named
// as not run.
import { readFileSync } from 'node:fs';

/**
 * The test that needs an installed Percona XtraDB Cluster, named by KEA_CONFORMANCE_PERCONA. No distribution has it.
 */
const MAY_BE_SKIPPED = 'the published Percona results, on an installed Percona XtraDB Cluster';

let missing = 0;
const files = process.argv.slice(2).flatMap((results) => {
  try {
    const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
    if (testResults.length > 0) return testResults;
    console.log(`${results}: no test was run`);
  } catch (error) {
    console.log(`vitest left no results: ${error.message}`);
  }
  missing += 1;
  return [];
});

const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
const passed = tests.filter((test) => test.status === 'passed');
const failed = tests.filter((test) => test.status === 'failed');
const rest = tests.filter((test) => !passed.includes(test) && !failed.includes(test));
const mayBeSkipped = (test) => test.status === 'skipped' && test.fullName === MAY_BE_SKIPPED;
// Only one test of this name may be skipped. A second one would be skipped unseen.
const skipped = rest.filter(mayBeSkipped).slice(0, 1);
const notRun = rest.filter((test) => !skipped.includes(test));
const notLoaded = files.filter(
  (file) =>
    file.status === 'failed' && !tests.some((test) => test.file === file.name && test.status === 'failed'),
);

for (const test of skipped)
  console.log(`not run, as KEA_CONFORMANCE_PERCONA names no installation: ${test.fullName}`);
for (const test of notRun) console.log(`not run (${test.status}): ${test.file}: ${test.fullName}`);
for (const file of notLoaded) console.log(`could not be run: ${file.name}: ${file.message}`);

// A test that did not run has not passed; results that are missing are a failure of their own.
const nothingRan = missing === 0 && passed.length + failed.length === 0 ? 1 : 0;
const failures = failed.length + notRun.length + notLoaded.length + missing + nothingRan;
console.log(
  [
    `${passed.length} passed`,
    `${failures} failed`,
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
  ].join(', '),
);
process.exitCode = failures === 0 ? 0 : 1;
