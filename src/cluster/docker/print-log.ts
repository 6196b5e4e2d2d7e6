import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunContainers } from '../../docker/run-containers.js';
import { unlessAborted } from '../../processes/wait.js';
import { PRINT_ARGUMENTS, type CommitLog } from '../commit-log.js';

export interface ContainerPrinter {
  containers: Pick<RunContainers, 'runToEnd'>;
  /** The image of the nodes. */
  image: string;
  /** The program in it: mariadb-binlog(1) or mysqlbinlog(1). */
  command: string;
  user: { uid: number; gid: number };
  node: string;
  /** The node's directory, the same inside and outside of the container. */
  home: string;
}

/**
 * Prints files of binary logs in a container of the nodes' image, as the node's own may have ended. What is printed goes
 * into a file of the node's directory, which is read line by line: it may be long.
 */
export function printInContainer(printer: ContainerPrinter): CommitLog['print'] {
  const { containers, image, command, user, node, home } = printer;
  return async (log, line, signal) => {
    const printed = join(home, 'binlog', 'printed');
    const shell = `exec ${[command, ...PRINT_ARGUMENTS].join(' ')} "$1" >"$2"`;
    try {
      const printing = containers.runToEnd({
        name: `the binary log of ${node}`,
        hostname: `${node}-log`,
        image,
        command: ['sh', '-euc', shell, 'print', log, printed],
        user,
        directories: [home],
      });
      const { code, stderr } = await unlessAborted(printing, signal);
      const input = createReadStream(printed, { encoding: 'latin1' });
      for await (const text of createInterface({ input, crlfDelay: Infinity })) line(text);
      return code === 0 ? undefined : stderr.trim() || `exit code ${code}`;
    } finally {
      rmSync(printed, { force: true });
    }
  };
}
