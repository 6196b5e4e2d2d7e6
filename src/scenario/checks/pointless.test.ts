import { expect, it } from 'vitest';
import { CASE_KINDS, type CaseKind, type PhaseDeciding } from '../../protocol/cases.js';
import { findPointless } from './pointless.js';

const V4: CaseKind[] = ['dhcp4'];
const V6: CaseKind[] = ['dhcp6-ia-na', 'dhcp6-ia-pd'];

it.each<[text: string, cases: readonly CaseKind[]]>([
  ['p99 < 1s', V4],
  ['dhcp*.REQUEST-ACK.p99 < 1s', CASE_KINDS],
  ['*.SOLICIT-ADVERTISE.p99 < 1s', CASE_KINDS],
  ['first.p99 < 1s', V6],
  ['*.committing.p99 < 1s', V4],
  ['clientsWithLease >= 1', V4],
  ['the text is wrong', V4],
])('%s is about something among %j', (text, cases) => {
  expect(findPointless(text, cases, {})).toBeUndefined();
});

it.each<[text: string, cases: readonly CaseKind[], column: number, message: string, suggestion?: string]>([
  ['dhcp6-ia-na.p99 < 1s', V4, 1, 'the scenario does not run dhcp6-ia-na'],
  [' dhcp6-*.clientsWithLease > 1', V4, 2, 'the scenario does not run dhcp6-*'],
  ['*.SOLICIT-*.p99 < 1s', V4, 3, 'dhcp4 has no phase SOLICIT-*'],
  ['dhcp4.REQUEST-REPLY.p99 < 1s', CASE_KINDS, 7, 'dhcp4 has no phase REQUEST-REPLY', 'REQUEST-ACK'],
  ['DISCOVER-OFFER.p99 < 1s', V6, 1, 'dhcp6-ia-na, dhcp6-ia-pd have no phase DISCOVER-OFFER'],
])('%s is about nothing among %j', (text, cases, column, message, suggestion) => {
  const problem = findPointless(text, cases, {});
  expect(problem?.offset).toBe(column - 1);
  expect(problem?.suggestion).toBe(suggestion);
  expect(problem?.message).toContain(message);
});

it('with rapid commit the first phase of DHCPv6 commits, and is the only one', () => {
  const rapid = { rapidCommit: true };
  for (const text of ['SOLICIT-REPLY.p99 < 1s', 'committing.p99 < 1s', 'first.p99 < 1s'])
    expect(findPointless(text, V6, rapid)).toBeUndefined();
  expect(findPointless('SOLICIT-REPLY.p99 < 1s', V6, {})?.message).toContain('no phase SOLICIT-REPLY');
  expect(findPointless('SOLICIT-ADVERTISE.p99 < 1s', V6, rapid)?.message).toContain(
    'no phase SOLICIT-ADVERTISE',
  );
});

it.each<[text: string, cases: readonly CaseKind[], load: PhaseDeciding]>([
  ['dhcp4.RENEW-ACK.p99 < 1s', V4, { life: { renewPerServer: 1 } }],
  ['dhcp4.REBIND-ACK.p99 < 1s', V4, { life: { rebindPerServer: 1 } }],
  ['dhcp4.RENEW-ACK.p99 < 1s', V4, { fanout: 'roam' }],
  ['REBIND-REPLY.p99 < 1s', V6, { fanout: 'roam' }],
])('%s is about something among %j under %j, and about nothing without that', (text, cases, load) => {
  expect(findPointless(text, cases, load)).toBeUndefined();
  expect(findPointless(text, cases, {})?.message).toContain('no phase');
});

it('a figure of faults is about something only where there are faults', () => {
  const text = 'faults.recoveredMs <= 30s';
  expect(findPointless(text, V4, {}, { faults: [] })).toBeUndefined();
  expect(findPointless(text, V4, {})).toMatchObject({
    message: 'no run of the scenario has faults.recoveredMs, because it has no faults or randomFaults',
    hint: 'state faults or randomFaults, or leave the check out',
  });
});

it.each(['minorityCommits <= 0', 'answersOnTheirWay <= 3', 'renewalsOutside <= 3'])(
  'faults.%s is about nothing behind a proxy, where no server is pinned to its node',
  (text) => {
    const keys = { faults: [] };
    expect(findPointless(`faults.${text}`, V4, {}, { ...keys, kea: {} })).toBeUndefined();
    expect(findPointless(`faults.${text}`, V4, {}, { ...keys, kea: { proxy: 'haproxy' } })).toMatchObject({
      message: expect.stringContaining('with kea.proxy no server is pinned to its node') as unknown,
      hint: 'leave kea.proxy or the check out',
    });
    expect(findPointless('faults.recoveredMs <= 30s', V4, {}, { ...keys, kea: { proxy: 'haproxy' } })).toBe(
      undefined,
    );
  },
);
