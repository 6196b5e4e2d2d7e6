import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

import { say } from './say.mjs';

/** What must be there, by the program that shows it, and the package that brings it. */
const NEEDED = [
  { program: 'dockerd', package: 'docker.io' },
  { program: 'docker-compose', package: 'docker-compose' },
];

/** Which program asks before it starts a service (invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the engine and Compose with apt-get, as root. No service of theirs is started. */
export async function installEngine() {
  const missing = NEEDED.filter(({ program }) => !isInstalled(program)).map((needed) => needed.package);
  if (missing.length === 0) return;
  say(`Installing ${missing.join(', ')}…`);
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update');
    apt('install', '--no-install-recommends', ...missing);
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
  }
}

function apt(...args) {
  const { status, error, stderr } = spawnSync('apt-get', ['--yes', '--quiet', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (error !== undefined) throw new Error(`apt-get can't be run: ${error.message}`);
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
}

function isInstalled(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
