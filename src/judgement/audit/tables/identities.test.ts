import { describe, expect, it } from 'vitest';
import { v4 } from '../../synthetic.test-support.js';
import { AuditedRun, findingsOf } from '../audit.test-support.js';

describe('rows of servers that know a client by its hardware address alone (match-client-id: false)', () => {
  const audited = (of: (client: number) => number = (client) => client): AuditedRun => {
    const run = new AuditedRun('dhcp4', 3);
    for (let client = 0; client < 3; client++) {
      run.run.lease(client, v4(client));
      run.stored(run.row(of(client), `10.0.0.${client}`, { clientIdentifier: null }));
    }
    return run;
  };

  it('are their clients’, which they are not where servers match client identifiers', () => {
    expect(findingsOf(audited().judge({}, {}, { matchClientId: false }))).toEqual([]);
    expect(findingsOf(audited().judge()).map(({ kind }) => kind)).toContain('other-identity');
  });

  it('are another client’s where the hardware address is', () => {
    const swapped = audited((client) => [1, 0, 2][client] ?? client);
    expect(findingsOf(swapped.judge({}, {}, { matchClientId: false }))).toMatchObject([
      { kind: 'other-identity', client: 0 },
      { kind: 'other-identity', client: 1 },
    ]);
  });
});
