import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This program, as package.json names it. */
export const TOOL = readPackage();

function readPackage(): { name: string; version: string } {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return { name, version };
}

/**
 * A command of this program for whoever reads a message, by the name under which the program runs:
 * `npm start -- doctor --set-up` in a checkout, `kea-lease-conformance doctor --set-up` where it is installed.
 */
export function ownCommand(words: string): string {
  return `${nameFor(process.argv[1] ?? '', fileURLToPath(import.meta.url))} ${words}`;
}

/**
 * @param script what was started
 * @param source a file of this package
 */
export function nameFor(script: string, source: string): string {
  // npm links a command by its name, to a package below node_modules or to a checkout.
  const isInstalled = basename(script) === TOOL.name || source.includes('/node_modules/');
  return isInstalled ? TOOL.name : 'npm start --';
}
