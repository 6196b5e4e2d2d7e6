import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { declineText } from './declines.js';
import { reportPage } from '../html/page.js';
import { markdownReport } from '../markdown/markdown.js';
import { resultOf } from '../report.test-support.js';
import { terminalReport } from '../text/terminal.js';

/** Two clients decline their leases. The third client gets the lease of the second. */
function declining(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
  for (const client of [0, 1]) {
    run.lease(client, v4(client));
    run.ask(client, 'DECLINE');
  }
  run.lease(2, v4(1));
  return run;
}

describe('declined leases', () => {
  it('are on the terminal, in the summary and on the page', () => {
    const result = resultOf([declining()]);
    const said = '2 leases were declined, 1 answer gave one again in probation';
    expect(terminalReport(result, { runDirectory: '', columns: 500 })).toContain(said);
    expect(markdownReport(result)).toContain(said);
    const page = reportPage({ result, witnesses: [], witnessesOmitted: 0 });
    expect(page).toContain(said);
    expect(page).toMatch(/data-value="1" data-figure="cases\.0\.declines\.reused"/);
    expect(page).toMatch(/data-value="2" data-figure="cases\.0\.declines\.declined"/);
    expect(page).toContain('class="card fail"');
  });

  it('are left out if no client declined, and for an earlier version', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(0));
    const result = resultOf([run]);
    expect(markdownReport(result)).not.toContain('declined');
    expect(reportPage({ result, witnesses: [], witnessesOmitted: 0 })).not.toContain('.declines.');
    expect(declineText({})).toBe('');
  });

  it('are only counted if the probation period is unknown', () => {
    expect(declineText({ declines: { declined: 2, reused: null } })).toBe('2 leases were declined');
  });

  it.each([
    [{ count: 1, soonestMs: 1_010 }, '1 declined lease was given again, the first 1.0 s later'],
    [{ count: 3, soonestMs: 90_000 }, '3 answers gave a declined lease again, the first 90.0 s later'],
  ])('that were given again are reported: %j', (again, said) => {
    const declines = { declined: 1, reused: null, again };
    expect(declineText({ declines })).toBe(`1 lease was declined; ${said}`);
  });
});
