import { describe, expect, it } from 'vitest';
import { FACTS } from '../report.test-support.js';
import { environmentLine } from '../text/findings.js';
import { figuresByNodeNote, proxyText } from './proxy.js';
import type { Result } from '../../results/result.js';

const { environment } = FACTS;
const SCENARIO: Result['scenario'] = { name: 'galera', effective: {}, seed: 7, argv: [] };

/** The environment of a run; a result of an earlier version says nothing of a proxy. */
const result = (proxy?: string | null) =>
  ({ environment: { ...environment, proxy }, scenario: SCENARIO, source: null }) as Result;

describe('a proxy', () => {
  it('stands in the line about the environment, with what it means for the servers', () => {
    expect(environmentLine(result('haproxy 2.6.12'))).toContain(
      'galera 10.11.6 (wsrep 26.4.23); haproxy 2.6.12 between servers and nodes, so no server is pinned to a node; Node',
    );
  });

  it('is beside the figures by node', () => {
    expect(figuresByNodeNote(result('haproxy 2.6.12'))).toMatch(/may come from every server$/);
  });

  it.each([[null], [undefined]])('that is not there (%s) is not told of', (proxy) => {
    expect(proxyText(result(proxy))).toBeUndefined();
    expect(figuresByNodeNote(result(proxy))).toBeUndefined();
    expect(environmentLine(result(proxy))).not.toContain('between servers and nodes');
  });
});
