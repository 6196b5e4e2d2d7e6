import { describe, expect, it } from 'vitest';
import type { SystemEvidence } from '../../evidence/system.js';
import { CAUSE_IDS, EXPLAINED_BY } from '../../scenario/known-causes.js';
import { CAUSES, type CauseContext } from './index.js';

const NO_FINDINGS = { settings: {}, witnesses: [], findings: [], everHeld: () => new Map<number, never>() };

function context(more: Partial<CauseContext>, identifier: string, counts: readonly number[]): CauseContext {
  const servers = counts.map((count, index) => ({
    name: `dhcp4 server-${index + 1}`,
    log: { seen: [{ identifier, severity: 'WARN', count, errorCodes: { 1213: count } }] },
  }));
  const system = { servers } as unknown as SystemEvidence;
  return { ...NO_FINDINGS, check: 'audit.givenBack', case: 'dhcp4', found: 0, system, ...more };
}

describe('the catalogue', () => {
  it.each(CAUSE_IDS)('says of %s which checks it explains, which silence, or which figures', (id) => {
    const { evidence, silence, found } = CAUSES[id];
    expect(evidence === undefined).toBe(EXPLAINED_BY[id].length === 0);
    expect([evidence, silence, found].filter((one) => one !== undefined)).toHaveLength(1);
  });
});

describe('a release that lost a race', () => {
  const finding = (kind: 'still-live' | 'not-declined', server: string) => ({
    kind,
    server,
    lease: '',
    client: 0,
    identity: null,
    nodes: [],
    detail: '',
    rows: [],
  });
  const evidence = (...findings: ReturnType<typeof finding>[]) =>
    CAUSES['release-lost-race'].evidence?.(
      context(
        { check: 'audit.givenBack', found: findings.length, findings },
        'DHCP4_RELEASE_EXCEPTION',
        [1, 0],
      ),
    );

  it('explains as many leases that are still held as their server logged lost races', () => {
    const [one, other] = [finding('still-live', 'server-1'), finding('still-live', 'server-2')];
    expect(evidence(one)).toBeDefined();
    expect(evidence(one, one)).toBeUndefined();
    expect(evidence(other)).toBeUndefined();
    expect(evidence(finding('not-declined', 'server-1'))).toBeUndefined();
  });
});
