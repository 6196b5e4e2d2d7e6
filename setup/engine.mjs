import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { say } from './say.mjs';

const START_MS = 60_000;
const STOP_MS = 60_000;
/** Images older than this are made anew, because newer packages have replaced those in them. */
const KEEP_IMAGES_MS = 7 * 24 * 3_600_000;

/**
 * Starts a Docker engine for this process alone. Its socket, state and process files lie in a new temporary
 * directory. Its images lie in the cache, so that they need not be built each time. It touches neither the packet
 * filter nor any other engine.
 *
 * @returns the engine's `DOCKER_HOST`, and a function that ends the engine with all that it runs
 */
export async function startEngine() {
  const home = mkdtempSync(join(tmpdir(), 'klc-engine-'));
  const images = await openImages(home);
  const logFile = join(home, 'log');
  const log = openSync(logFile, 'a');
  const host = `unix://${join(home, 'docker.sock')}`;
  const args = [
    ...['--data-root', images.directory, '--exec-root', join(home, 'exec'), '--pidfile', join(home, 'pid')],
    ...['--host', host, '--iptables=false', '--ip6tables=false'],
    // The default bridge would have the same name for every engine of a machine.
    '--bridge=none',
  ];
  // The daemon has a session of its own, so that Ctrl-C reaches only this process. The daemon ends with this process,
  // however it ends.
  const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', '--', 'dockerd', ...args], {
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise((resolve) => {
    daemon.once('close', resolve);
    daemon.once('error', resolve);
  });
  const running = () => daemon.exitCode === null && daemon.signalCode === null && daemon.pid !== undefined;

  const stop = async () => {
    if (running()) {
      await removeEverything(host);
      daemon.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(STOP_MS, 'late', { ref: false })])) === 'late')
        daemon.kill('SIGKILL');
      await ended;
    }
    images.release();
    unmountBelow(home);
    unmountBelow(images.directory);
    rmSync(home, { recursive: true, force: true });
  };

  try {
    await answers(host, running);
    say(`A Docker engine runs for these tests: DOCKER_HOST=${host}`);
    return { host, stop };
  } catch (error) {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8);
    await stop();
    throw new Error([error.message, ...lines].join('\n  '), { cause: error });
  }
}

/** Opens the cache's images, for one engine at a time. Another engine at the same time begins with no images. */
async function openImages(home) {
  const { cacheDirectory, makeDirectory } = await import('../dist/packages/cache.js');
  const kept = join(cacheDirectory(), 'docker-engine');
  makeDirectory(cacheDirectory());
  const lock = openSync(`${kept}.lock`, 'a');
  const taken = spawnSync('flock', ['--exclusive', '--nonblock', '3'], {
    stdio: ['ignore', 'ignore', 'inherit', lock],
  });
  if (taken.status !== 0) {
    closeSync(lock);
    return { directory: join(home, 'data'), release: () => undefined };
  }
  const made = join(kept, 'image');
  if (existsSync(made) && Date.now() - statSync(made).birthtimeMs > KEEP_IMAGES_MS) {
    unmountBelow(kept);
    rmSync(kept, { recursive: true, force: true });
  }
  mkdirSync(kept, { recursive: true, mode: 0o710 });
  return { directory: kept, release: () => closeSync(lock) };
}

async function connect(host) {
  process.env.DOCKER_HOST = host;
  const { connectEngine } = await import('../dist/docker/engine.js');
  return connectEngine();
}

async function answers(host, running) {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      await connect(host);
      return;
    } catch (error) {
      if (!running()) throw new Error('dockerd has ended', { cause: error });
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

/** Removes everything but the images. Networks would come back as bridges with the next engine on these images. */
async function removeEverything(host) {
  try {
    const engine = await connect(host);
    const containers = await engine.listContainers({ all: true });
    await Promise.all(containers.map(({ Id }) => engine.getContainer(Id).remove({ force: true, v: true })));
    await engine.pruneNetworks();
    await engine.pruneVolumes();
  } catch (error) {
    say(`The engine could not be cleared: ${error.message}`);
  }
}

function unmountBelow(directory) {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${directory}/`));
  for (const path of mounts.reverse()) spawnSync('umount', ['--lazy', path], { stdio: 'ignore' });
}
