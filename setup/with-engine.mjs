// with-engine.mjs COMMAND [ARG…]: runs a command with a Docker engine. Where no engine answers, root gets one for as
// long as the command runs. The engine's packages are installed if missing, and the engine is ended with everything
// that it ran. Compose is installed too.
import { spawn } from 'node:child_process';
import process from 'node:process';

import { ensureBuild } from './ensure.mjs';
import { installMissing } from './engine-packages.mjs';
import { startEngine } from './engine.mjs';
import { EXIT_PREREQUISITE, fail, say } from './say.mjs';

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };

const [program, ...args] = process.argv.slice(2);
if (program === undefined) fail('usage: with-engine.mjs COMMAND [ARG…]', 64);

let command;
let ended;
for (const signal of Object.keys(CODES)) {
  process.on(signal, () => {
    ended ??= signal;
    command?.kill(signal);
  });
}

await ensureBuild();
const reason = await whyNoEngine();
if (reason === undefined) {
  if (process.getuid() === 0) install('docker-compose');
  process.exitCode = await runCommand({});
} else {
  if (process.getuid() !== 0) {
    fail(`${reason.message}\n${reason.hint}\nRun this as root to have one started.`, EXIT_PREREQUISITE);
  }
  install('dockerd', 'docker-compose');
  install('docker');
  try {
    const engine = await startEngine();
    try {
      if (ended === undefined) process.exitCode = await runCommand({ DOCKER_HOST: engine.host });
    } finally {
      await engine.stop();
    }
  } catch (error) {
    fail(`No Docker engine could be started: ${error.message}`, EXIT_PREREQUISITE);
  }
}
if (ended !== undefined) process.exitCode = CODES[ended];

function install(...programs) {
  try {
    installMissing(programs);
  } catch (error) {
    fail(`${programs.join(' and ')} can't be installed: ${error.message}`, EXIT_PREREQUISITE);
  }
}

async function whyNoEngine() {
  const { connectEngine } = await import('../dist/docker/engine.js');
  try {
    await connectEngine();
    return undefined;
  } catch (error) {
    return error;
  }
}

function runCommand(environment) {
  return new Promise((resolve, reject) => {
    command = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
    command.once('error', reject);
    command.once('close', (code, signal) => {
      if (signal !== null) say(`${program} was ended by ${signal}`);
      resolve(code ?? CODES[signal] ?? 70);
    });
  });
}
