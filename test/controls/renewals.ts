import { phasesOf } from '../../src/protocol/cases.js';
import type { Control } from './control.js';
import type { ControlRun } from './control-run.js';
import { expected, finding, NO_ROWS, rowsOf } from './expected.js';
import type { FoundWitness } from './found.js';
import { KINDS, leaseText, UNUSED } from './wire/kinds.js';

/** Every client renews at the next server. */
const ROAMING = ['load.fanout=roam'];
const NEXT: Readonly<Record<string, string>> = {
  'server-1': 'server-2',
  'server-2': 'server-3',
  'server-3': 'server-1',
};
/** A client's first grant answers its REQUEST, the second its renewal. */
const RENEWAL = 2;
/** Controls that change the answers to clients that renew through another node. */
export const RENEWALS: readonly Control[] = [
  {
    what: 'a renewal through another node that is answered with another lease',
    kinds: KINDS,
    always: ['dhcp6-ia-na'],
    victim: 'amid',
    settings: ROAMING,
    grant: ({ message, toVictim, times }, { kind }) => [
      toVictim && times === RENEWAL ? message.withLease(UNUSED[kind]) : message,
    ],
    found: (run) => {
      const lease = leaseText(run.kind, UNUSED[run.kind]);
      return expected(run, 'fail', {
        failed: ['conformance.leaseKept', 'audit.stored'],
        witnesses: [notKept(run, lease)],
        findings: [finding('missing', { ...run.victim, server: next(run) }, { lease, rows: NO_ROWS })],
      });
    },
  },
  {
    // The client starts over and is given its lease again, so the lease tables are in order.
    what: 'a renewal through another node that is refused',
    kinds: KINDS,
    always: ['dhcp4'],
    victim: 'amid',
    settings: ROAMING,
    grant: ({ message, toVictim, times }) => [toVictim && times === RENEWAL ? message.asRefusal() : message],
    found: (run) =>
      expected(run, 'fail', {
        // A server counts its own NAKs, and the planted NAK is one more. A REPLY with NoBinding counts as a REPLY.
        failed: [
          'conformance.leaseKept',
          ...(run.kind === 'dhcp4' ? [`audit.counters 1 of ${next(run)}`] : []),
        ],
        witnesses: [notKept(run, null)],
      }),
  },
  {
    what: 'nothing, where clients renew through another node',
    kinds: KINDS,
    always: ['dhcp6-ia-pd'],
    victim: 'amid',
    settings: ROAMING,
    found: (run) => expected(run, 'pass'),
  },
];

function next({ victim: { server } }: ControlRun): string {
  return NEXT[server] ?? '';
}

function notKept(run: ControlRun, otherLease: string | null): FoundWitness {
  const { victim, kind } = run;
  return {
    kind: 'not-kept',
    phase: phasesOf(kind, { fanout: 'roam' }).at(-1) ?? '',
    lease: victim.lease,
    otherLease,
    holders: [{ identity: victim.message.identity, server: next(run) }],
    rows: [...rowsOf(victim), ...(otherLease === null ? [] : NO_ROWS)],
  };
}
