// npm run check: types, import rules, lint and format, all at the same time. Each result is printed when those before
// it are.
import { spawn } from 'node:child_process';
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
const running = CHECKS.map(([what, script, ...args]) => ({ what, ended: outcomeOf(script, args) }));
for (const { what, ended } of running) {
  const { code, output } = await ended;
  process.stdout.write(output);
  say(`${what}: ${code === 0 ? 'passed' : 'failed, see above'}`);
  if (code !== 0) process.exitCode ??= code;
}

/** Runs a program of `node_modules`, and keeps what it prints. A Ctrl-C at the terminal reaches it too. */
function outcomeOf(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
      cwd: CHECKOUT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 70, output }));
  });
}
