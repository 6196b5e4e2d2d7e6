import type Docker from 'dockerode';

import { HarnessError, messageOf } from '../errors.js';

/** The beginning of the labels of everything that the harness makes in an engine. */
export const LABEL_PREFIX = 'org.kea-lease-conformance';

/** Docker 20.10, the oldest that the harness was tried with. */
const OLDEST_API = '1.41';

const ANSWER_WITHIN_MS = 10_000;

/**
 * The Docker engine that `DOCKER_HOST` names, else the one of this machine, after it has answered. Only this function
 * loads Docker's client library, because importing it takes 100 ms.
 *
 * @throws HarnessError PREREQUISITE: no engine runs there, its socket may not be opened, it does not answer, or it is
 *   too old
 */
export async function connectEngine(): Promise<Docker> {
  const host = process.env['DOCKER_HOST'] ?? '';
  const where = host === '' ? "this machine's socket" : host;
  let api: string;
  try {
    const { default: Engine } = await import('dockerode');
    const engine = new Engine();
    const version = await withinTime(engine.version());
    api = version.ApiVersion;
    if (!isOlder(api, OLDEST_API)) return engine;
  } catch (error) {
    throw engineError(error, where);
  }
  throw new HarnessError('PREREQUISITE', `the Docker engine at ${where} is too old: it speaks API ${api}`, {
    hint: `API ${OLDEST_API} is needed, which Docker 20.10 was the first to have: upgrade the engine`,
  });
}

/** Says why an engine could not be reached, and what to do about it. */
export function engineError(error: unknown, where: string): HarnessError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM') {
    return new HarnessError('PREREQUISITE', `this user may not use the Docker engine at ${where}`, {
      hint: 'join its group, `sudo usermod -aG docker "$USER"`, and log in again; or use --set cluster.provider=local',
      cause: error,
    });
  }
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return new HarnessError('PREREQUISITE', `no Docker engine runs at ${where}`, {
      hint:
        'start it (`sudo systemctl start docker`), install it (`sudo apt-get install docker.io`), or set DOCKER_HOST ' +
        'to where one runs; runs with --set cluster.provider=local need none',
      cause: error,
    });
  }
  return new HarnessError(
    'PREREQUISITE',
    `the Docker engine at ${where} can't be used: ${messageOf(error)}`,
    {
      hint: '`docker version` shows whether it answers; runs with --set cluster.provider=local need none',
      cause: error,
    },
  );
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const complain = () => reject(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`));
    timer = setTimeout(complain, ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Versions such as 1.41, compared number by number. */
function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = than.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
