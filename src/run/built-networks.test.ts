import { describe, it } from 'vitest';
import { expectRight, type Line } from './traffic-table.test-support.js';

/** Traffic built to lead a judgement astray by its way: relays, VLANs, VPNs, routers that are servers, frames seen again. */

const BEHIND_A_RELAY: readonly Line[] = [
  [
    'nak-of-another-server-behind-relay',
    'a server that the REQUEST does not name says NAK, and the lease is given to another client',
    { verdict: 'fail', heldConcurrently: 1, says: [/1 DHCPNAK came from 10\.0\.0\.3, .* does not name/] },
  ],
  [
    'nak-of-another-server-before-the-ack-behind-relay',
    'a server that the REQUEST does not name says NAK, then the other one gives the lease',
    { verdict: 'pass', naks: 0, withLease: 5, says: [/1 DHCPNAK came from 10\.0\.0\.3, .* does not name/] },
  ],
  [
    'ack-of-another-server-behind-relay',
    'a server that the REQUEST does not name gives the lease',
    { verdict: 'pass', phases: { 'dhcp4 REQUEST-ACK': [5, 4, 4, 0] }, says: [/1 answer .* does not name/] },
  ],
  [
    'reply-of-another-server-behind-relay',
    'the same in DHCPv6',
    {
      verdict: 'pass',
      phases: { 'dhcp6-ia-na REQUEST-REPLY': [4, 3, 3, 0] },
      says: [/1 answer .* does not name/],
    },
  ],
];

const ACROSS_NETWORKS: readonly Line[] = [
  [
    'clones-behind-tagged-relay',
    'two machines have one client identifier, and the servers go by hardware address',
    { verdict: 'fail', heldConcurrently: 1, options: { matchClientId: false } },
  ],
];

describe.each([
  ['behind a relay', BEHIND_A_RELAY],
  ['across networks', ACROSS_NETWORKS],
])('traffic %s', (_, lines) => {
  it.each(lines)('%s: %s', (file, _what, right) => {
    expectRight(`built/${file}.pcap`, right);
  });
});
