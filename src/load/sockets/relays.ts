/**
 * Says through which of its case's relays a client speaks. The n-th clients of all servers share a relay, so clients
 * that ask at the same moment ask for leases of one subnet.
 *
 * @returns the relay's index, from 0
 */
export function relayOf(client: number, servers: number, relays: number): number {
  return Math.floor(client / servers) % relays;
}
