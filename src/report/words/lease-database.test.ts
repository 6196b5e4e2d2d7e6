import { describe, expect, it } from 'vitest';
import type { Result } from '../../results/result.js';
import { faultedResult } from '../faults.test-support.js';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { dhcp4AsPublished, FACTS, resultOf } from '../report.test-support.js';
import { leaseDatabaseSettings } from './lease-database.js';

const settings = (leaseDatabase: object | undefined, faults?: Result['faults']) =>
  leaseDatabaseSettings({
    faults,
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

  it('are told all six of a run with faults', () => {
    const { faults } = faultedResult();
    expect(settings({ maxReconnectTries: 1000, onFail: 'serve-retry-continue' }, faults)).toEqual([
      ['kea.leaseDatabase.maxReconnectTries', '1000'],
      ['kea.leaseDatabase.reconnectWaitTime', '0'],
      ['kea.leaseDatabase.onFail', 'serve-retry-continue'],
      ['kea.leaseDatabase.retryOnStartup', 'false'],
      ['kea.leaseDatabase.connectTimeout', '5'],
      ['kea.leaseDatabase.readTimeout', '0'],
    ]);
    expect(settings(undefined, faults)).toHaveLength(6);
    const result = faultedResult();
    const told = 'kea.leaseDatabase.onFail';
    expect(markdownReport(result)).toContain(`${told} = stop-retry-exit`);
    expect(reportPage({ result, witnesses: [], witnessesOmitted: 0 })).toContain(told);
    expect(junitReport(result)).toContain(`<property name="${told}" value="stop-retry-exit"`);
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
