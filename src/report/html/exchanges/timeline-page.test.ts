import { expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../../judgement/synthetic.test-support.js';
import { surveyed } from '../../exchanges/exchanges.test-support.js';
import { partsOf } from '../../exchanges/parts.js';
import type { Result } from '../../../results/result.js';
import { resultOf } from '../../report.test-support.js';
import { timelinePage } from './timeline-page.js';

it('says which seconds have single requests, where a run has too many for all', () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 6 });
  for (let client = 0; client < 6; client++) {
    run.at(client * 10_000_000);
    run.lease(client, v4(client));
  }
  const { requests, series, marked, bins } = surveyed(run);
  const pageWith = (most: number) => {
    const parts = [...partsOf(requests, series, marked, most, 2)].map(({ ref }) => ref);
    const result = resultOf([run]);
    return timelinePage({
      ...{ result, requests, series: series.all, bins, parts, witnesses: [], report: undefined },
    });
  };
  const page = pageWith(7);
  expect(page).toContain('Single requests are shown from 0.001 s to 30.001 s: the first 7 of 12.');
  expect(page).toContain('The other 5 requests, up to 50.004 s, are only counted');
  expect(pageWith(12)).not.toContain('Single requests are shown from');
});

it('says that the journal has other requests than were judged, also where another phase makes up for it', () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
  for (const client of [0, 1, 2]) run.lease(client, v4(client));
  const { requests, series, marked, bins } = surveyed(run);
  const parts = [...partsOf(requests, series, marked)].map(({ ref }) => ref);
  const told = (result: Result) =>
    /The journal has (\d+) requests of (\S+ \S+), and (\d+) were/
      .exec(
        timelinePage({ result, requests, series: series.all, bins, parts, witnesses: [], report: undefined }),
      )
      ?.slice(1);
  const own = resultOf([run]);
  const judging = (...counts: (number | null)[]): Result => ({
    ...own,
    cases: own.cases.map((one) => ({
      ...one,
      phases: one.phases.map((phase, index) => {
        const number = counts[index] ?? null;
        return {
          ...phase,
          allAttempts: number === null ? null : { ...phase.firstAttempt, requests: number },
        };
      }),
    })),
  });
  expect(requests.count).toBe(6);
  expect(told(own)).toBeUndefined();
  expect(told(judging(3, 3))).toBeUndefined();
  expect(told(judging(3, 4))).toEqual(['3', 'dhcp4 REQUEST-ACK', '4']);
  // More than were judged: the journal is of another run.
  expect(told(judging(2, 3))).toEqual(['3', 'dhcp4 DISCOVER-OFFER', '2']);
  expect(told(judging(4, 2))).toEqual(['3', 'dhcp4 DISCOVER-OFFER', '4']);
  // A phase that the result does not count says nothing.
  expect(told(judging(3, null))).toBeUndefined();
});
