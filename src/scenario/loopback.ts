import { isIPv4 } from 'node:net';

/**
 * Whether a host is this machine itself: 127.0.0.0/8, ::1, or `localhost`, which RFC 6761 reserves for those
 * addresses.
 */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return host === '::1' || host.toLowerCase() === 'localhost';
}
