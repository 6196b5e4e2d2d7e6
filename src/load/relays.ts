/**
 * Through which of a case's relays a client speaks. The n-th clients of all servers share one, so that clients that ask at
 * the same moment ask for leases of one subnet.
 *
 * @returns from 0
 */
export function relayOf(client: number, servers: number, relays: number): number {
  return Math.floor(client / servers) % relays;
}
