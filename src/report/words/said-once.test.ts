import { expect, it } from 'vitest';
import { foundWhileShort } from '../../judgement/machine/shortage-text.js';
import type { Shortage } from '../../results/resources.js';
import { saidOnce } from './said-once.js';

const CPU: Shortage = { resource: 'cpu', found: "the machine's CPU: 99% of 2 CPUs busy; the harness waited" };
const SOCKETS: Shortage = { resource: 'sockets', found: 'space in socket buffers: 7 datagrams dropped' };
const OTHERS: Shortage = { resource: 'busy', found: 'other programs used 78% of 2 CPUs' };

it('says once what was short in several rows', () => {
  const rows = [
    foundWhileShort('99% within 270 ms', [CPU]),
    foundWhileShort('3 timeouts', [CPU, SOCKETS]),
    foundWhileShort('offers took 18 ms', [OTHERS]),
    foundWhileShort('no CPU was left', [OTHERS]),
  ];
  expect(rows.map(({ actual }) => actual)).toEqual([
    `99% within 270 ms; in short supply: ${CPU.found}`,
    `3 timeouts; in short supply: ${CPU.found}; in short supply: ${SOCKETS.found}`,
    `offers took 18 ms, while ${OTHERS.found}`,
    `no CPU was left, while ${OTHERS.found}`,
  ]);
  expect(saidOnce(rows)).toEqual({
    rows: [
      { actual: '99% within 270 ms' },
      foundWhileShort('3 timeouts', [SOCKETS]),
      { actual: 'offers took 18 ms' },
      { actual: 'no CPU was left' },
    ],
    said: [`in short supply: ${CPU.found}`, OTHERS.found],
  });
});

it('leaves a row alone whose shortage is its own, and one of an earlier version', () => {
  const words = `late; in short supply: ${CPU.found}`;
  const all = [foundWhileShort('99% within 270 ms', [CPU]), { actual: words }, { actual: '0 dropped' }];
  expect(saidOnce(all)).toEqual({ rows: all, said: [] });
});
