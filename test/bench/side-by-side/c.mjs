import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { owned } from './children.mjs';

const SOURCES = fileURLToPath(new URL('c/', import.meta.url));

/** Compiles a program of this folder, and returns its path. The compiler of the machine must be there. */
export function compile(name, directory) {
  const program = join(directory, name);
  const { status, error, stderr } = spawnSync(
    'cc',
    ['-O2', '-Wall', '-Werror', '-o', program, join(SOURCES, `${name}.c`)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name}.c can't be compiled; install gcc: ${error?.message ?? stderr}`);
  return program;
}

/** Starts a reflector, which answers all DHCPv4 clients, runs `body` with its process id, and ends it. */
export async function withReflector(program, { address, port }, body) {
  const reflector = owned(spawn(program, [address, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const ended = new Promise((resolve) => reflector.once('close', resolve));
  try {
    await new Promise((resolve, reject) => {
      reflector.stdout.once('data', resolve);
      reflector.once('error', reject);
      reflector.once('exit', (code) => reject(new Error(`the reflector ended with ${code}`)));
    });
    return await body(reflector.pid);
  } finally {
    reflector.stdin.end();
    await ended;
  }
}
