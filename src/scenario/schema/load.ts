import { z } from 'zod';
import { life } from './life.js';
import { dhcp4Sent, dhcp6Sent } from './sent-options.js';
import { lowThenHigh, milliseconds, ORDERED, path, rate } from './primitives.js';

const stage = z.strictObject({
  ratePerServer: z
    .union([rate, z.tuple([rate, rate])])
    .describe('exchanges started per second on each server; a pair [from, to] is a ramp'),
  seconds: z.number().positive().max(604_800).describe('how long'),
});

/** `load`: what the clients do. */
export const load = z
  .strictObject({
    ratePerServer: rate.default(1).describe('exchanges started a second on each server'),
    clientsPerServer: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(119)
      .describe(
        'clients of each server, each with an identity of its own; load.stages, if given, decide their number instead',
      ),
    clientsFrom: path
      .optional()
      .describe(
        'a CSV file with a line of column names and a line for each client: its identifiers, and what it sends. The first line is client 0 of each case. A relative path counts from the directory of the scenario file; with --set, from the working directory. By default the seed decides the identities',
      ),
    identitiesPerMachine: z
      .int()
      .min(1)
      .max(8)
      .default(1)
      .describe(
        'DHCPv4: how many clients in a row are one machine that boots with several identities, as with network boot: they have one hardware address, and each has a client identifier of its own',
      ),
    arrival: z
      .enum(['aligned', 'staggered', 'poisson', 'burst', 'avalanche'])
      .default('aligned')
      .describe(
        'aligned: the servers get their requests at the same moment; staggered: evenly apart; poisson: independently at random; burst: in groups at the same moment; avalanche: all clients at once',
      ),
    burstSize: z
      .int()
      .min(1)
      .max(100_000)
      .default(10)
      .describe('clients of each server in a group of the arrival burst; the rate is kept on average'),
    stages: z
      .array(stage)
      .min(1)
      .optional()
      .describe('steps and ramps, one after the other, instead of load.ratePerServer'),
    fanout: z
      .enum(['pinned', 'all', 'roam'])
      .default('pinned')
      .describe(
        'pinned: a client keeps to its server. all: a relay sends each message to every server; the client takes the first offer, and its REQUEST, which names that server, goes to all servers too. Clients and rate are then those that each server sees, and all servers see the same clients. roam: as soon as a client has a lease, it renews it at the next server (RENEW in DHCPv4, REBIND in DHCPv6). That server must see what the first has just stored',
      ),
    life,
    timeoutMs: milliseconds.min(1).default(2_000).describe('how long a transaction waits for its answer'),
    maxAttempts: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .describe('the most attempts of a client to get a lease, its first attempt included'),
    restartDelayMs: z
      .tuple([milliseconds, milliseconds])
      .refine(lowThenHigh, ORDERED)
      .default([0, 10])
      .describe('a refused client waits a random time between these before it starts over'),
    collectOffersMs: milliseconds
      .default(0)
      .describe(
        'how long a client collects offers before it requests one (RFC 2131 section 4.4.1, RFC 8415 section 18.2.1)',
      ),
    threads: z
      .enum(['one', 'case'])
      .default('one')
      .describe(
        'whether one thread of the harness drives all cases, or each case has a thread of its own: for rates that one CPU can’t reach, on machines with CPUs to spare',
      ),
    retransmit: z
      .boolean()
      .default(false)
      .describe('retransmit as RFC 2131 section 4.1 and RFC 8415 section 15 say'),
    beyondPool: z
      .boolean()
      .default(false)
      .describe(
        'true: there may be more clients than kea.poolLeases, and refusals for lack of a lease are then expected',
      ),
    relays: z
      .int()
      .min(0)
      .max(16)
      .default(1)
      .describe(
        "number of relays for the clients of each case. The n-th clients of all servers share a relay. Each relay's address selects a subnet of its own. 0: the clients are on the link of their servers, and broadcast or multicast. With fanout all, the servers of a case share a link; with pinned, each has a link of its own. It needs cluster.network private",
      ),
    relayHops: z
      .int()
      .min(1)
      .max(8)
      .default(1)
      .describe(
        'how many relays pass each message on, one after the other. The relay next to the client selects the subnet; the others add to hops in DHCPv4, and in DHCPv6 a RELAY-FORW around that of the relay before',
      ),
    dhcp4: dhcp4Sent,
    dhcp6: dhcp6Sent,
    rapidCommit: z
      .boolean()
      .default(false)
      .describe(
        'DHCPv6: clients ask for their lease without an offer (rapid commit), and the servers are configured to grant it (RFC 8415 section 18.2.1)',
      ),
    transactionIdBits: z
      .int()
      .min(10)
      .max(32)
      .optional()
      .describe(
        'how many bits of the transaction id are used. With fewer bits, ids are reused sooner: after both timeouts of an exchange plus load.drainMs. By default 32 in DHCPv4 and 24 in DHCPv6; ids are then reused after both timeouts plus a minute',
      ),
    drainMs: milliseconds
      .default(2_000)
      .describe('how long late answers are collected after the last transaction ended'),
  })
  .prefault({})
  .describe('what the clients do');
