import type { Control } from './control.js';
import { exchange, expected, finding, heldTwice, holder, NO_ROWS, rowsOf, unanswered } from './expected.js';
import { KINDS, leaseText, UNUSED } from './wire/kinds.js';

/** For controls in which a client waits in vain. The answers to the others come within this time on a busy machine. */
const IMPATIENT = ['load.timeoutMs=8000'];

/** Controls that change answers on their way to the client. */
export const ANSWERS: readonly Control[] = [
  {
    what: 'one duplicate ACK or REPLY',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'amid',
    grant: ({ message, toVictim }, { first }) => [toVictim ? message.withLease(first.bytes) : message],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['conformance.heldConcurrently', 'audit.identity', 'audit.untold'],
        witnesses: [heldTwice(run)],
        findings: [
          finding('other-identity', run.victim, { lease: run.first.lease, rows: rowsOf(run.first) }),
          finding('untold', run.victim, { server: null, rows: rowsOf(run.victim) }),
        ],
      }),
  },
  {
    // The server has given the client a lease of its own meanwhile, so the lease tables are in order. The client does not
    // take the lease, so it is possibly held by two; and no node has stored it for this client.
    what: 'an ACK or REPLY that comes after its client has started over',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'amid',
    settings: [...IMPATIENT, 'cluster.commitHistory=true'],
    grant: async ({ message, toVictim, times }, run) => {
      if (!toVictim || times > 1) return [message];
      await run.startsOver(message);
      return [message.withLease(run.first.bytes)];
    },
    found: (run) =>
      expected(run, 'fail', {
        ofRun: ['commits.answers'],
        witnesses: [{ ...heldTwice(run), kind: 'possibly-held' }],
        strays: { late: 1 },
      }),
  },
  {
    what: 'a duplicate ACK or REPLY on a retry',
    kinds: KINDS,
    always: ['dhcp6-ia-pd'],
    victim: 'amid',
    settings: IMPATIENT,
    grant: ({ message, toVictim, times }, { first }) => {
      if (!toVictim) return [message];
      return times === 1 ? [] : [message.withLease(first.bytes)];
    },
    found: (run) =>
      expected(run, 'fail', {
        failed: ['conformance.heldConcurrently', 'audit.identity'],
        // The answer never came, so nobody knows whether the client holds its lease.
        inconclusive: [lost(run.victim.server)],
        witnesses: [heldTwice(run), unanswered(run)],
        findings: [
          finding('other-identity', run.victim, { lease: run.first.lease, rows: rowsOf(run.first) }),
        ],
        strays: { timeout: 1 },
      }),
  },
  {
    what: 'one extra answer with another lease',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'amid',
    grant: ({ message, toVictim }, { kind }) =>
      toVictim ? [message, message.withLease(UNUSED[kind])] : [message],
    found: (run) => {
      const lease = leaseText(run.kind, UNUSED[run.kind]);
      return expected(run, 'fail', {
        failed: ['conformance.secondLease', 'audit.stored', beyond(run.victim.server)],
        witnesses: [
          exchange(run, {
            kind: 'extra-answer',
            lease,
            otherLease: run.victim.lease,
            rows: [...NO_ROWS, ...rowsOf(run.victim)],
          }),
        ],
        findings: [finding('missing', run.victim, { lease, rows: NO_ROWS })],
        strays: { extraAnswers: 1, extraAnswersOtherLease: 1 },
      });
    },
  },
  {
    what: 'a delegated prefix inside another client’s',
    kinds: ['dhcp6-ia-pd'],
    always: ['dhcp6-ia-pd'],
    victim: 'amid',
    grant: ({ message, toVictim }, { first }) => [
      toVictim ? message.withLease({ ...first.bytes, length: 80 }) : message,
    ],
    found: (run) => {
      const lease = leaseText(run.kind, { ...run.first.bytes, length: 80 });
      return expected(run, 'fail', {
        failed: ['conformance.overlappingLeases', 'audit.pools', 'audit.untold'],
        witnesses: [
          {
            kind: 'overlapping',
            phase: null,
            lease,
            otherLease: run.first.lease,
            holders: [holder(run.first), holder(run.victim)],
            rows: [...rowsOf(run.first), ...rowsOf(run.first)],
          },
        ],
        findings: [
          finding('untold', run.victim, { server: null, rows: rowsOf(run.victim) }),
          finding('wrong-length', run.victim, { lease, rows: rowsOf(run.first) }),
        ],
      });
    },
  },
  {
    what: 'an ACK or REPLY that was never stored',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'last',
    request: async (request, run) => {
      if (!run.isLastToRequest(request)) return [request];
      await run.grantWithoutServer(request);
      return [];
    },
    found: (run) =>
      expected(run, 'fail', {
        failed: ['audit.stored', beyond(run.victim.server)],
        findings: [finding('missing', run.victim, { rows: NO_ROWS })],
      }),
  },
  {
    what: 'an answer with another client’s identity',
    kinds: KINDS,
    always: ['dhcp6-ia-na'],
    victim: 'amid',
    settings: IMPATIENT,
    grant: ({ message, toVictim, times }, { first }) => [
      toVictim && times === 1 ? message.withIdentityOf(first.message) : message,
    ],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['conformance.wrongClient'],
        witnesses: [
          exchange(run, {
            kind: 'wrong-client',
            lease: run.victim.lease,
            otherLease: null,
            rows: rowsOf(run.victim),
          }),
        ],
        strays: { timeout: 1, wrongClient: 1 },
      }),
  },
  {
    what: 'an answer that was sent and never came',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'amid',
    settings: IMPATIENT,
    grant: ({ message, toVictim, times }) => (toVictim && times === 1 ? [] : [message]),
    found: (run) =>
      expected(run, 'inconclusive', {
        inconclusive: [lost(run.victim.server)],
        witnesses: [unanswered(run)],
        strays: { timeout: 1 },
      }),
  },
  {
    what: 'nothing, where nothing is done',
    kinds: KINDS,
    always: ['dhcp6-ia-pd'],
    victim: 'amid',
    found: (run) => expected(run, 'pass'),
  },
];

function lost(server: string): string {
  return `load.lost 1 of ${server} did not arrive`;
}

function beyond(server: string): string {
  return `audit.counters 1 of ${server}`;
}
