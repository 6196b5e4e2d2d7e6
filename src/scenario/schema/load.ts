import { z } from 'zod';
import { lowThenHigh, milliseconds, ORDERED } from './primitives.js';

/** `load`: what the clients do. */
export const load = z
  .strictObject({
    ratePerServer: z
      .number()
      .positive()
      .max(100_000)
      .default(1)
      .describe('exchanges started a second on each server'),
    clientsPerServer: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(119)
      .describe('clients of each server, each with an identity of its own'),
    arrival: z
      .enum(['aligned', 'staggered', 'poisson'])
      .default('aligned')
      .describe(
        'aligned: the servers get their requests at the same moment; staggered: evenly apart; poisson: independently at random',
      ),
    timeoutMs: milliseconds.min(1).default(2_000).describe('how long a transaction waits for its answer'),
    maxAttempts: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .describe('how often a refused client starts over, its first attempt included'),
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
    drainMs: milliseconds
      .default(2_000)
      .describe('how long late answers are collected after the last transaction ended'),
  })
  .prefault({})
  .describe('what the clients do');
