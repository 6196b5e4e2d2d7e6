import type { Socket } from 'node:dgram';

/** The part of a socket that speaks with the kernel. Node hides it, and has no other way to what is needed of it. */
export interface SocketHandle {
  /** The file descriptor. */
  fd?: number;
  /** Ends the reading that Node begins as soon as a socket is bound. */
  recvStop?: () => number;
  connect?: unknown;
  connect6?: unknown;
}

/** @returns undefined where this version of Node has it elsewhere */
export function handleOf(socket: Socket): SocketHandle | undefined {
  const symbol = Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === 'state symbol',
  );
  if (symbol === undefined) return undefined;
  return (
    (socket as unknown as Record<symbol, { handle?: SocketHandle | null } | undefined>)[symbol]?.handle ??
    undefined
  );
}
