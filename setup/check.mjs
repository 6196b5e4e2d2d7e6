// npm run check: types, import rules, lint and format. The first check that finds something ends it.
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
for (const [what, script, ...args] of CHECKS) {
  const code = await run(process.execPath, [`node_modules/${script}`, ...args], { cwd: CHECKOUT });
  say(`${what}: ${code === 0 ? 'passed' : 'failed, see above'}`);
  if (code !== 0) process.exit(code);
}
