import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

import { say } from './say.mjs';

/** The package that brings each program. */
const PACKAGE_OF = { dockerd: 'docker.io', 'docker-compose': 'docker-compose', docker: 'docker-cli' };

/** The program that packages ask before they start a service (invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs with apt-get, as root, those of `dockerd`, `docker-compose` and `docker` that are missing. No service is started.
 * Debian 12 has `docker` in the package of `dockerd`: install that first.
 */
export function installMissing(programs) {
  const missing = programs.filter((program) => !isInstalled(program)).map((program) => PACKAGE_OF[program]);
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
