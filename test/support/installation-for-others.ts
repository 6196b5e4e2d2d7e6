import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** The paths of Node and of the built program, which another user can start. */
export interface Installation {
  node: string;
  cli: string;
}

/**
 * The checkout itself. If it lies in a home that only its owner may enter, a copy of it below `directory`. Other tests go on
 * meanwhile.
 */
export async function installationForOthers(directory: string): Promise<Installation> {
  const needed = ['dist', 'scenarios', 'suites', 'node_modules', 'package.json'];
  let checkout = CHECKOUT;
  if (!isOpen(join(CHECKOUT, 'dist', 'cli.js')) || !isOpen(join(CHECKOUT, 'package.json'))) {
    checkout = join(directory, 'checkout');
    for (const name of needed) await cp(join(CHECKOUT, name), join(checkout, name), { recursive: true });
  }
  let node = process.execPath;
  if (!isOpen(node)) {
    node = join(directory, 'bin', 'node');
    mkdirSync(dirname(node), { recursive: true });
    await cp(process.execPath, node);
  }
  return { node, cli: join(checkout, 'dist', 'cli.js') };
}

/** Whether everybody may read the file and enter all directories above it. */
function isOpen(file: string): boolean {
  accessSync(file, constants.R_OK);
  if ((statSync(file).mode & 0o004) === 0) return false;
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}
