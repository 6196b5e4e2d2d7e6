import { readFileSync } from 'node:fs';

interface BoundSocket {
  port: number;
  inode: string;
}

/** How many ports a run reserves, and where the first block begins (`src/processes/port-block.ts`). */
const BLOCK = 128;
const FIRST = 12_000;

/** The inode numbers of the TCP and UDP sockets in the block of ports that contains `port`. */
export function socketsInBlockOf(port: number): string[] {
  const first = FIRST + Math.floor((port - FIRST) / BLOCK) * BLOCK;
  return boundSockets()
    .filter((socket) => socket.port >= first && socket.port < first + BLOCK)
    .map(({ inode }) => inode);
}

/** The sockets among `inodes` that are still bound. */
export function stillBound(inodes: readonly string[]): BoundSocket[] {
  return boundSockets().filter(({ inode }) => inodes.includes(inode));
}

/** All bound sockets. Connections in TIME_WAIT have no inode (proc(5)) and are left out. */
function boundSockets(): BoundSocket[] {
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'latin1')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const fields = line.trim().split(/\s+/);
        return { port: parseInt(fields[1]?.split(':')[1] ?? '0', 16), inode: fields[9] ?? '0' };
      })
      .filter(({ inode }) => inode !== '0'),
  );
}
