import type { DatabaseAccess } from '../cluster/started-cluster.js';
import { shellWords } from '../terminal/shell-words.js';
import { ownCommand } from '../tool.js';

/** A command to paste into a shell, and what it is for. */
export interface KeptCommand {
  what: string;
  command: string;
}

/** What a run with `keep` leaves up. */
export interface KeptSystem {
  /** What it is and where, such as `node-1 port 41001`. */
  where: string;
  /** The file with the password of the database user; absent where someone else knows it. */
  passwordFile?: string;
  /** What people can do with it. The last one ends it. */
  commands: readonly KeptCommand[];
}

export const END_IT: KeptCommand = { what: 'end it', command: ownCommand('clean') };

/**
 * Counts the leases of a node, with a client of the command line.
 *
 * @param client the client and what must stand before it
 */
export function lookAtLeases(
  name: string,
  { host, port, socketPath, user, database }: DatabaseAccess,
  client: readonly string[],
  passwordFile: string,
): KeptCommand {
  const where = socketPath === undefined ? ['-h', host, '-P', String(port)] : ['-S', socketPath];
  const words = shellWords([...client, '--no-defaults', ...where, '-u', user]);
  const statement = 'SELECT COUNT(*) FROM lease4';
  return {
    what: `count the DHCPv4 leases of ${name}, or any other SQL`,
    command: `${words} -p${contentOf(passwordFile)} ${database} -e '${statement}'`,
  };
}

/** What a file holds, for a shell. So no password is seen on the screen. */
export function contentOf(file: string): string {
  return `"$(cat ${shellWords([file])})"`;
}

/** The lines of the notice: each command stands in a line of its own. */
export function keptLines({ where, passwordFile, commands }: KeptSystem): string[] {
  const password = passwordFile === undefined ? '' : `; the password is in ${passwordFile}`;
  return [
    `Still running: ${where}${password}`,
    ...commands.flatMap(({ what, command }) => [`  # ${what}`, `  ${command}`]),
  ];
}
