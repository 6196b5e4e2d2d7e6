import { describe, expect, it } from 'vitest';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { dhcp4AsPublished, FACTS, resultOf } from '../report.test-support.js';
import { leaseDatabaseSettings } from './lease-database.js';

const settings = (leaseDatabase: object | undefined) =>
  leaseDatabaseSettings({
    scenario: { name: 'made-up', seed: 1, argv: [], effective: { kea: { leaseDatabase } } },
  });

describe('the settings for the loss of the lease database', () => {
  it('are told where they differ from Kea’s defaults', () => {
    expect(settings({ maxReconnectTries: 1000, onFail: 'serve-retry-continue', connectTimeout: 5 })).toEqual([
      ['kea.leaseDatabase.maxReconnectTries', '1000'],
      ['kea.leaseDatabase.onFail', 'serve-retry-continue'],
    ]);
  });

  it('are none by default', () => {
    expect(settings(undefined)).toEqual([]);
    expect(settings({ retryOnStartup: false, readTimeout: 0 })).toEqual([]);
  });

  it('stand in every report', () => {
    const kea = { ...FACTS.scenario.kea, leaseDatabase: { readTimeout: 3 } };
    const result = resultOf([dhcp4AsPublished()], { facts: { scenario: { ...FACTS.scenario, kea } } });
    expect(markdownReport(result)).toContain('kea.leaseDatabase.readTimeout = 3');
    expect(reportPage({ result, witnesses: [], witnessesOmitted: 0 })).toContain(
      'kea.leaseDatabase.readTimeout',
    );
    expect(junitReport(result)).toContain('<property name="kea.leaseDatabase.readTimeout" value="3"');
  });
});
