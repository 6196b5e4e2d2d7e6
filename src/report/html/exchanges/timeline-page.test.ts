import { expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../../judgement/synthetic.test-support.js';
import { surveyed } from '../../exchanges/exchanges.test-support.js';
import { partsOf } from '../../exchanges/parts.js';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';
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

it('says that requests are missing where the journal has fewer than were judged', () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
  for (const client of [0, 1, 2]) run.lease(client, v4(client));
  const { requests, series, marked, bins } = surveyed(run);
  const parts = [...partsOf(requests, series, marked)].map(({ ref }) => ref);
  const judged = resultOf([dhcp4AsPublished()]);
  const pageOf = (result = judged) =>
    timelinePage({ result, requests, series: series.all, bins, parts, witnesses: [], report: undefined });
  expect(requests.count).toBe(6);
  expect(pageOf()).toContain('The journal has 6 requests, and ');
  const phases = judged.cases.flatMap((one) => one.phases);
  const fewer = phases.map((phase) => ({ ...phase, allAttempts: { ...phase.allAttempts, requests: 3 } }));
  const alike = {
    ...judged,
    cases: judged.cases.map((one) => ({ ...one, phases: fewer as typeof one.phases })),
  };
  expect(pageOf(alike)).not.toContain('The journal has');
});
