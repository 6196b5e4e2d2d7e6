import { expect, it } from 'vitest';
import type { Check } from '../../../results/check.js';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';
import { environment } from './environment.js';

const shown = (verdict: Check['verdict'], sendErrors: number | null = null) => {
  const drops = { name: 'run.drops', case: '', phase: '', expected: '0', actual: '8,203', verdict };
  const sockets = [{ socket: 'kea dhcp4 server-1', drops: 8_203, sendErrors }];
  const { content } = environment({ ...resultOf([dhcp4AsPublished()]), sockets, checks: [drops] });
  return (content as unknown[]).map(String).join('');
};

it('tells what was lost, and of what was not sent only where that is known', () => {
  expect(shown('pass')).toContain('the socket of dhcp4 server-1: 8,203 datagrams dropped</li>');
  expect(shown('pass', 2)).toContain('8,203 datagrams dropped, 2 not sent</li>');
});

it('is red only where a check says that too much was lost', () => {
  expect(shown('pass')).not.toContain('class="bad"');
  expect(shown('inconclusive')).toContain('class="bad"');
});
