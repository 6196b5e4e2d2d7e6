import type { Machine } from './machine.js';

/** The first port that a server without rights may take (ip-sysctl). */
export const UNPRIVILEGED_PORTS = '/proc/sys/net/ipv4/ip_unprivileged_port_start';

/**
 * Before the links are up: a server without rights may take the ports below 1024 (ip-sysctl), the links have IPv6 even if
 * the machine's have not, and an IPv6 address serves at once.
 */
export function settingsOf({ links }: Machine): [file: string, value: string][] {
  return [
    [UNPRIVILEGED_PORTS, '0'],
    ...links.flatMap(({ name }): [string, string][] => [
      [`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '0'],
      [`/proc/sys/net/ipv6/conf/${name}/accept_dad`, '0'],
    ]),
  ];
}
