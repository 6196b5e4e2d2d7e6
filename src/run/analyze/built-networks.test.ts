import { describe, it } from 'vitest';
import { DORA, expectRight, type Line } from './traffic-table.test-support.js';

/**
 * Traffic built to confuse the judgement by its path: relays, VLANs, VPNs, routers that are servers, frames seen
 * twice.
 */

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
      // The REQUEST that its server did not answer is that server's too.
      requestsByServer: { 'dhcp6-ia-na REQUEST-REPLY': [4, 0] },
      says: [/1 answer .* does not name/],
    },
  ],
];

/** The counts of five clients. The last client is given the lease that the client before it released. */
const DORA_OF_GIVEN_BACK = {
  'dhcp4 DISCOVER-OFFER': [5, 5, 4, 1],
  'dhcp4 REQUEST-ACK': [5, 5, 4, 1],
} as const;

const ACROSS_NETWORKS: readonly Line[] = [
  [
    'clones-behind-tagged-relay',
    'two machines have one client identifier, and the servers tell clients by hardware address',
    { verdict: 'fail', heldConcurrently: 1, options: { matchClientId: false } },
  ],
  [
    'tagged-relay-chain',
    'a relay hands on to another one, between two VLANs; a RELEASE is routed',
    { verdict: 'pass', clients: 5, phases: DORA_OF_GIVEN_BACK },
  ],
  [
    'tagged-relay-chain-with-other-addresses',
    'a relay hands on to another one, and the second relay fills in an address of its own',
    { verdict: 'pass', clients: 5, phases: DORA_OF_GIVEN_BACK },
  ],
  [
    'tagging-access-node',
    'an access node adds a tag and option 82, and nothing else',
    { verdict: 'pass', clients: 5, phases: DORA_OF_GIVEN_BACK },
  ],
  [
    'tagging-ldra',
    'a lightweight relay agent (RFC 6221) and a relay, between two VLANs',
    {
      verdict: 'pass',
      clients: 5,
      phases: {
        'dhcp6-ia-na SOLICIT-ADVERTISE': [5, 5, 4, 1],
        'dhcp6-ia-na REQUEST-REPLY': [5, 5, 4, 1],
      },
    },
  ],
  [
    'fixed-id-in-two-vlans',
    'a client with one transaction id for all is answered in one VLAN, and a minute later in another one',
    { verdict: 'pass', clients: 6 },
  ],
];

const SEEN_AGAIN: readonly Line[] = [
  [
    'routed-release-between-vlans',
    'answers and a RELEASE are routed between two VLANs, and no request was captured',
    { verdict: 'pass' },
  ],
  [
    'bridge-host-at-any-two-associations',
    'tcpdump -i any on a bridge: each frame twice in one direction, with two identity associations',
    { verdict: 'pass', phases: { 'dhcp6-ia-na REQUEST-REPLY': [3, 6, 6, 0] } },
  ],
  [
    'bridge-host-at-any-three-sights',
    'tcpdump -i any on a bridge: each frame three times, DHCPv4',
    { verdict: 'pass', phases: DORA(4), says: [/32 packets were captured twice/] },
  ],
];

const ROUTERS: readonly Line[] = [
  [
    'router-leases-out-of-what-is-anothers-now',
    'a router releases its prefix, another router is delegated it, and the first still leases out of it',
    { verdict: 'fail', overlapping: 1 },
  ],
  [
    'server-with-the-address-of-a-router',
    'a server leases out of what it delegated, from an address that the router has on another link',
    { verdict: 'fail', overlapping: 1 },
  ],
  [
    'server-with-the-address-of-a-router-in-another-vlan',
    'a server leases out of what it delegated, in two VLANs that are one network',
    { verdict: 'fail', overlapping: 1, options: { vlans: 'together' } },
  ],
  [
    'router-behind-a-router',
    'a router is delegated a prefix by a router, and leases out of it',
    { verdict: 'pass' },
  ],
  [
    'router-with-a-server-of-another-name',
    'a server that gave nothing else leases out of a prefix that another one delegated',
    { verdict: 'inconclusive' },
  ],
];

describe.each([
  ['behind a relay', BEHIND_A_RELAY],
  ['across networks', ACROSS_NETWORKS],
  ['that is seen again', SEEN_AGAIN],
  ['of routers that are servers', ROUTERS],
])('traffic %s', (_, lines) => {
  it.each(lines)('%s: %s', (file, _what, right) => {
    expectRight(`built/${file}.pcap`, right);
  });
});
