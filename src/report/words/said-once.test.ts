import { expect, it } from 'vitest';
import { saidOnce } from './said-once.js';

const SHORT = "in short supply: the machine's CPU: 99% of 2 CPUs busy; the harness waited";
const rows = (...texts: string[]) => texts.map((actual) => ({ actual }));

it('says once what several rows say of the machine, also where a row says it twice', () => {
  const busy = 'other programs used 78% of 2 CPUs';
  expect(
    saidOnce(
      rows(
        `99% within 270 ms; ${SHORT}`,
        `99% within 242 ms; ${SHORT}; 3 timeouts; ${SHORT}`,
        `offers took 18 ms, while ${busy}`,
        `offers took 28 ms, while ${busy}`,
      ),
    ),
  ).toEqual({
    rows: rows(
      '99% within 270 ms',
      '99% within 242 ms; 3 timeouts',
      'offers took 18 ms',
      'offers took 28 ms',
    ),
    said: [SHORT, busy],
  });
});

it('does not repeat what another row still says', () => {
  const busy = 'other programs used 78% of 2 CPUs';
  const all = rows(`no CPU was left: ${busy}`, `late, while ${busy}`, `later, while ${busy}`);
  expect(saidOnce(all)).toEqual({ rows: rows(`no CPU was left: ${busy}`, 'late', 'later'), said: [] });
});

it('leaves a row alone whose cause is its own', () => {
  const all = rows(`99% within 270 ms; ${SHORT}`, 'late, while it rained', '0 dropped');
  expect(saidOnce(all)).toEqual({ rows: all, said: [] });
});
