// node setup/browser.mjs: makes sure that there is a Chromium for the tests that open report.html, and prints its
// path. If there is none and this runs as root, it installs Debian's.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

import { EXIT_PREREQUISITE, fail, say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

let path = found();
if (path === undefined) {
  if (process.getuid() !== 0) {
    fail(
      'There is no Chromium: install the package chromium, or name a browser in KEA_CONFORMANCE_CHROMIUM.\nRun this as root to have it installed.',
      EXIT_PREREQUISITE,
    );
  }
  say('Installing chromium…');
  apt('update');
  apt('install', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  path = found();
  if (path === undefined)
    fail('The package chromium is installed, but no Chromium is on PATH.', EXIT_PREREQUISITE);
}
console.log(path);

/** The browser that KEA_CONFORMANCE_CHROMIUM names, else the first on PATH. */
function found() {
  const named = process.env.KEA_CONFORMANCE_CHROMIUM;
  if (named !== undefined) return named;
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

function apt(...args) {
  const { status, error, stderr } = spawnSync('apt-get', ['--yes', '--quiet', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (error !== undefined) fail(`apt-get can't be run: ${error.message}`, EXIT_PREREQUISITE);
  if (status !== 0) fail(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`, EXIT_PREREQUISITE);
}
