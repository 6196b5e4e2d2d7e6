// npm run check: types, import rules, lint and format, all at the same time. Each result is printed when those before
// it are.
import { run } from './child.mjs';
import { CHECKOUT, ensurePackages } from './ensure.mjs';
import { say } from './say.mjs';

const CHECKS = [
  ['Types', 'typescript/bin/tsc', '--noEmit'],
  [
    'Imports',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    '--config',
    'setup/import-rules.mjs',
    '--output-type',
    'err-long',
  ],
  ['Lint', 'eslint/bin/eslint.js', '.', '--max-warnings=0'],
  ['Format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
];

await ensurePackages();
const running = CHECKS.map(([what, script, ...args]) => {
  const output = [];
  const printed = (text) => output.push(text);
  const ended = run(process.execPath, [`node_modules/${script}`, ...args], { cwd: CHECKOUT, printed });
  return { what, output, ended };
});
for (const { what, output, ended } of running) {
  const code = await ended;
  process.stdout.write(output.join(''));
  say(`${what}: ${code === 0 ? 'passed' : 'failed, see above'}`);
  if (code !== 0) process.exitCode ??= code;
}
