import { z } from 'zod';
import { life } from './life.js';
import { lowThenHigh, milliseconds, ORDERED, rate } from './primitives.js';

const stage = z.strictObject({
  ratePerServer: z
    .union([rate, z.tuple([rate, rate])])
    .describe('exchanges started a second on each server; two of them: from the one evenly to the other'),
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
        'clients of each server, each with an identity of its own; with stages as many as those start',
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
        'pinned: a client keeps to its server; all: a relay sends each message to every server, the client takes the first offer, and its REQUEST names that server before all of them (clients and rate are then those that each server sees, and all see the same); roam: as soon as it has a lease it renews it at the next one (RENEW in DHCPv4, REBIND in DHCPv6), which must see what the other has just stored',
      ),
    life,
    timeoutMs: milliseconds.min(1).default(2_000).describe('how long a transaction waits for its answer'),
    maxAttempts: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .describe('how often a refused client starts over before it has a lease, its first attempt included'),
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
    retransmit: z
      .boolean()
      .default(false)
      .describe('retransmit as RFC 2131 section 4.1 and RFC 8415 section 15 say'),
    beyondPool: z
      .boolean()
      .default(false)
      .describe(
        'true: there may be more clients than kea.poolLeases, and those refused for want of a lease are what is expected',
      ),
    relays: z
      .int()
      .min(1)
      .max(16)
      .default(1)
      .describe(
        'relays that the clients of each case speak through, the n-th clients of all servers through one; each has a subnet of its own, which its address selects',
      ),
    rapidCommit: z
      .boolean()
      .default(false)
      .describe(
        'DHCPv6: clients ask to be given their lease without an offer, and the servers are configured to (RFC 8415 section 18.2.1)',
      ),
    transactionIdBits: z
      .int()
      .min(10)
      .max(32)
      .optional()
      .describe(
        'bits of a transaction id that are used, so that ids come again sooner: after both timeouts of an exchange and load.drainMs; by default 32 in DHCPv4 and 24 in DHCPv6, and a minute later',
      ),
    drainMs: milliseconds
      .default(2_000)
      .describe('how long late answers are collected after the last transaction ended'),
  })
  .prefault({})
  .describe('what the clients do');
