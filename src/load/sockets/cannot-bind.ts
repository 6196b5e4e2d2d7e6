import { HarnessError, messageOf } from '../../errors.js';
import { ownCommand } from '../../tool.js';

/**
 * The error for a socket of the clients that can't be opened; its hint says what to do about it. An error that says so
 * itself stays as it is.
 */
export function cannotBind(
  { address, port }: { address: string; port: number },
  error: unknown,
): HarnessError {
  if (error instanceof HarnessError) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new HarnessError('PREREQUISITE', `no relay socket on ${address} port ${port}`, {
    hint:
      HINTS[code ?? '']?.(port) ??
      `${messageOf(error)}; \`${ownCommand('doctor')}\` tells whether the loopback addresses can be used`,
    cause: error,
  });
}

const HINTS: Readonly<Record<string, (port: number) => string>> = {
  EACCES: (port) =>
    `ports below 1024 need root: run this as root, or allow the port for every user: sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
  EADDRINUSE: () =>
    'another program uses the port, perhaps a DHCP server or relay on this machine; `ss -ulpn` names it',
  EADDRNOTAVAIL: () => 'no interface of this machine has that address; `ip address` lists its addresses',
};
