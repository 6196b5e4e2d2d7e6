// tally.mjs RESULTS: counts what vitest's JSON reporter wrote. Exit code 1 unless every test ran and passed.
import { readFileSync } from 'node:fs';

let files = [];
try {
  files = JSON.parse(readFileSync(process.argv[2], 'utf8')).testResults;
} catch (error) {
  console.log(`vitest left no results: ${error.message}`);
}

const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
const passed = tests.filter((test) => test.status === 'passed');
const failed = tests.filter((test) => test.status === 'failed');
const notRun = tests.filter((test) => !passed.includes(test) && !failed.includes(test));
const notLoaded = files.filter(
  (file) =>
    file.status === 'failed' && !tests.some((test) => test.file === file.name && test.status === 'failed'),
);

for (const test of notRun) console.log(`not run (${test.status}): ${test.file}: ${test.fullName}`);
for (const file of notLoaded) console.log(`could not be run: ${file.name}: ${file.message}`);

// A test that did not run has not passed; results that are missing are a failure of their own.
const failures = failed.length + notRun.length + notLoaded.length + (tests.length === 0 ? 1 : 0);
console.log(`${passed.length} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
