import { readFileSync } from 'node:fs';

export interface UdpSocket {
  port: number;
  /** Datagrams the kernel dropped because the socket's receive buffer was full, since it was opened. */
  drops: number;
}

/**
 * The UDP sockets of a process's network namespace, from `/proc/PID/net/udp` and `/proc/PID/net/udp6` (proc(5)).
 *
 * @param pid by default the harness
 */
export function readUdpSockets(family: 4 | 6, pid: number | 'self' = 'self'): UdpSocket[] {
  let table: string;
  try {
    table = readFileSync(`/proc/${pid}/net/${family === 4 ? 'udp' : 'udp6'}`, 'latin1');
  } catch {
    return [];
  }
  return parseUdpSockets(table);
}

/** Reads the text of `/proc/net/udp` or `/proc/net/udp6`, of whichever network namespace. */
export function parseUdpSockets(table: string): UdpSocket[] {
  return table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const fields = line.trim().split(/\s+/);
      return { port: parseInt(fields[1]?.split(':')[1] ?? '0', 16), drops: Number(fields.at(-1)) };
    });
}

/** The drops of all sockets on a port. */
export function dropsAt(sockets: readonly UdpSocket[], port: number): number {
  return sockets.filter((socket) => socket.port === port).reduce((sum, { drops }) => sum + drops, 0);
}
