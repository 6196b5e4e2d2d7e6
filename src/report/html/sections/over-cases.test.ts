import { expect, it } from 'vitest';
import { overCases } from './over-cases.js';

const row = (name: string, of: string, actual: string, phase = '') => ({
  ...{ name, case: of, phase, actual },
  ...{ verdict: 'pass', expected: 'they did' },
});

it('what is the same of several cases is one row, where the first of them stood', () => {
  const rows = [
    row('premise.answers', 'dhcp4', 'they did', 'REQUEST-ACK'),
    row('premise.starts', 'dhcp4', '99% within 0.3 ms'),
    row('premise.starts', 'dhcp6-ia-na', '99% within 0.4 ms'),
    row('premise.answers', 'dhcp6-ia-na', 'they did', 'REQUEST-REPLY'),
    row('premise.answers', 'dhcp6-ia-pd', 'they did', 'REQUEST-REPLY'),
  ];
  expect(overCases(rows)).toEqual([
    { ...rows[0], case: 'dhcp4, dhcp6-ia-na, dhcp6-ia-pd', phase: 'REQUEST-ACK, REQUEST-REPLY' },
    rows[1],
    rows[2],
  ]);
});

it('what differs in its verdict stays apart', () => {
  const rows = [
    row('premise.answers', 'dhcp4', 'late'),
    { ...row('premise.answers', 'dhcp6', 'late'), verdict: 'fail' },
  ];
  expect(overCases(rows)).toEqual(rows);
});
