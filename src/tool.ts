import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Name and version of this program, from package.json. */
export const TOOL = readPackage();

function readPackage(): { name: string; version: string } {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return { name, version };
}

/**
 * A command of this program, as a message shows it to the user. It begins with the name under which the program runs:
 * `npm start -- doctor --set-up` in a checkout, `kea-lease-conformance doctor --set-up` for an installed package.
 */
export function ownCommand(words: string): string {
  return `${calledAs()} ${words}`;
}

/**
 * What the help calls the program. The path of a package in npx's cache is longer than a line of it, so the help has the
 * program's name there.
 */
export function nameInHelp(name = calledAs()): string {
  return name.startsWith('node ') ? TOOL.name : name;
}

/** The words that start this program here, such as `npm start --`. */
export function calledAs(): string {
  return nameFor(process.argv[1] ?? '', fileURLToPath(import.meta.url));
}

/**
 * The words that start this program in a message.
 *
 * @param script the script that was started
 * @param source a file of this package
 */
export function nameFor(script: string, source: string): string {
  // npx runs a package that it keeps in its cache, and puts no command on the PATH.
  if (source.includes('/_npx/')) return `node ${script}`;
  // npm links the command under its own name, to a package in node_modules or to a checkout.
  const isInstalled = basename(script) === TOOL.name || source.includes('/node_modules/');
  return isInstalled ? TOOL.name : 'npm start --';
}
