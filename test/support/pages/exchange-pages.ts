import { SyntheticRun, v4 } from '../../../src/judgement/synthetic.test-support.js';
import { surveyed } from '../../../src/report/exchanges/exchanges.test-support.js';
import { partsOf } from '../../../src/report/exchanges/parts.js';
import { timelinePage } from '../../../src/report/html/exchanges/timeline-page.js';
import { dhcp4AsPublished, resultOf } from '../../../src/report/report.test-support.js';
import type { PagesByName } from './made-page.js';

const PHASES = ['DISCOVER-OFFER', 'REQUEST-ACK', 'RENEW-ACK', 'RELEASE'] as const;

/** A timeline of exchanges: two clients hold a lease, one is refused, and one gets no answer. Its parts are not there. */
export function exchangePages(): PagesByName {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 6, phases: PHASES });
  for (const client of [0, 1, 2, 3]) run.lease(client, v4(Math.max(1, client)));
  run.ask(4, 0).timeout();
  run.ask(2, 'RENEW-ACK').give(v4(2));
  run.ask(3, 'RELEASE');
  const { requests, series, marked, bins, judged } = surveyed(run);
  const parts = [...partsOf(requests, series, marked)].map(({ ref }) => ref);
  const witnesses = judged.witnesses.map((one) => ({ ...one, case: 'dhcp4' }));
  const result = resultOf([dhcp4AsPublished()]);
  const page = { result, requests, series: series.all, bins, parts, witnesses, report: 'report.html' };
  return { timeline: timelinePage(page) };
}
