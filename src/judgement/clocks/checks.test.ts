import { describe, expect, it } from 'vitest';
import type { ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { Check } from '../../results/check.js';
import type { Judgement } from '../../results/judgement.js';
import { AuditedRun, LIFETIME_S, NODES, ZERO_UNIX_S } from '../audit/audit.test-support.js';
import { LIMITS, v4 } from '../synthetic.test-support.js';

/** Each client asked between two whole seconds, so its row has the second before. */
function withOffsets(seconds: readonly number[], clients = 6): AuditedRun {
  const audited = new AuditedRun('dhcp4', clients);
  audited.system.servers.forEach((server, index) => Object.assign(server, logged(seconds[index] ?? 0)));
  for (let client = 0; client < clients; client++) {
    audited.run.lease(client, v4(client));
    const expire = ZERO_UNIX_S + LIFETIME_S + (seconds[client % 3] ?? 0);
    audited.stored(audited.row(client, `10.0.0.${client}`, { expire }));
  }
  return audited;
}

/** The time of the last line of a server's log, and of its file. */
function logged(offsetS: number): Pick<ServerEvidence, 'lastMessage'> {
  const at = new Date((ZERO_UNIX_S + 10 + offsetS) * 1_000).toISOString().replace('T', ' ').slice(0, 23);
  return { lastMessage: { at, writtenUnixUs: (ZERO_UNIX_S + 10) * 1e6 } };
}

function clockCheck({ checks }: Judgement): Check | undefined {
  return checks.find(({ name }) => name === 'servers.clocks');
}

const standalone = ({ servers }: SystemEvidence): Partial<SystemEvidence> => ({
  replicated: false,
  servers: servers.map((server, index) => ({ ...server, node: NODES[index] ?? '' })),
});

describe('the times of servers that share leases', () => {
  it('are the same within a second, which rows alone can not tell apart', () => {
    const judgement = withOffsets([0, 0, 0]).judge();
    expect(clockCheck(judgement)?.verdict).toBe('pass');
    for (const { rows } of judgement.clocks?.servers ?? []) {
      expect(rows).toMatchObject({ used: 2, agreeing: 2 });
      expect(Math.abs(rows?.offsetMs ?? NaN)).toBeLessThan(rows?.uncertaintyMs ?? 0);
    }
  });

  it.each([
    [[0, 3, 0], 'server-2', 3_000],
    [[-30, 0, 0], 'server-1', -30_000],
    [[0, 0, 9 * 3_600], 'server-3', 9 * 3_600_000],
  ])('are apart: %j', (seconds, server, offsetMs) => {
    const judgement = withOffsets(seconds).judge();
    const check = clockCheck(judgement);
    expect(check?.verdict).toBe('fail');
    expect(check?.actual).toContain(server);
    expect(check?.actual.includes('time zone')).toBe(Math.abs(offsetMs) > 1_000_000);
    const rows = judgement.clocks?.servers.find((one) => one.server === server)?.rows;
    expect(Math.abs((rows?.offsetMs ?? NaN) - offsetMs)).toBeLessThan(rows?.uncertaintyMs ?? 0);
  });

  it.each([30, -30, 9 * 3_600])(
    'may all differ from that of the machine of the clients, by %d s',
    (seconds) => {
      const { verdict, clocks } = withOffsets([seconds, seconds, seconds]).judge();
      expect(verdict).toBe('pass');
      // Rows have whole seconds.
      expect(Math.abs((clocks?.aheadMs ?? NaN) - seconds * 1_000)).toBeLessThan(1_000);
    },
  );

  it('are not believed by rows alone: all rows may be wrong in the same way', () => {
    const audited = withOffsets([30, 30, 30]);
    const servers = audited.system.servers.map((server) => ({ ...server, ...logged(0) }));
    const unlogged = audited.system.servers.map((server) => ({ ...server, lastMessage: undefined }));
    const generous = { ...LIMITS, maxClockDifferenceMs: 60_000 };
    for (const judged of [
      audited.judge({ servers }),
      audited.judge({ servers }, {}, { scenario: { limits: generous } }),
      audited.judge({ servers: unlogged }),
    ]) {
      expect(judged.clocks?.aheadMs).toBeUndefined();
      expect(judged.checks.find(({ name }) => name === 'audit.expiry')?.verdict).toBe('fail');
    }
  });

  it('must not make a row right that differs from all others', () => {
    const audited = withOffsets([30, 30, 30]);
    audited.run.lease(0, v4(9), { attempt: 2 });
    audited.stored(audited.row(0, '10.0.0.9', { expire: ZERO_UNIX_S + LIFETIME_S }));
    const { checks } = audited.judge();
    expect(checks.find(({ name }) => name === 'audit.expiry')).toMatchObject({
      verdict: 'fail',
      count: { found: 1 },
    });
  });

  it.each([
    [[30, 30, 0], 'server-3', -30_000],
    [[-30, 0, -30], 'server-2', 30_000],
    [[9 * 3_600, 9 * 3_600, 0], 'server-3', -9 * 3_600_000],
  ])('are told against those of the others: %j', (seconds, server, offsetMs) => {
    const [apart] = withOffsets(seconds).judge().clocks?.apart ?? [];
    expect(apart?.odd).toMatchObject({ server, isTimeZone: Math.abs(offsetMs) > 1_000_000 });
    expect(Math.abs((apart?.odd.offsetMs ?? NaN) - offsetMs)).toBeLessThan(apart?.odd.uncertaintyMs ?? 0);
  });

  it('concern nobody where each server has a database of its own', () => {
    const audited = withOffsets([0, 30, 0]);
    const judgement = audited.judge(standalone(audited.system));
    expect(clockCheck(judgement)).toBeUndefined();
    expect(judgement.clocks?.servers[1]?.rows?.offsetMs).toBeGreaterThan(29_000);
  });

  it('are the same where a server waited for its node, and its clients asked again meanwhile', () => {
    const audited = new AuditedRun('dhcp4', 6);
    for (let client = 0; client < 6; client++) {
      audited.run.ask(client, 0).give(v4(client));
      const asked = audited.run.ask(client, 1);
      if (client % 3 === 1) audited.run.at(10e6);
      asked.resend().give(v4(client));
      audited.run.at(20_000 * (client + 1));
      audited.stored(audited.row(client, `10.0.0.${client}`));
    }
    expect(clockCheck(audited.judge())?.verdict).toBe('pass');
  });

  it('are those of the log where a server wrote no rows', () => {
    const audited = withOffsets([0, 0, 0]);
    audited.rows.clear();
    const servers = audited.system.servers.map((server, index) => ({
      ...server,
      ...logged(index === 1 ? 300 : 0),
    }));
    expect(clockCheck(audited.judge({ servers }))?.actual).toContain('server-2 is 300.00 s ahead');
  });
});

describe('a row tells the time', () => {
  const used = (judgement: Judgement) => judgement.clocks?.servers[0]?.rows?.used;

  it('only if the client was told its lifetime', () => {
    const audited = withOffsets([0, 0, 0]);
    for (const rows of audited.rows.values())
      if (rows[0] !== undefined) rows[0] = { ...rows[0], validLifetime: 2 * LIFETIME_S };
    expect(used(audited.judge())).toBe(1);
  });

  it('only if no request of its client went unanswered, whose answer may have been lost', () => {
    const audited = withOffsets([0, 0, 0]);
    audited.run.ask(0, 1).timeout();
    expect(used(audited.judge())).toBe(1);
  });

  it('only if the lease is still that of the client', () => {
    const audited = withOffsets([0, 0, 0]);
    audited.run.lease(3, v4(0));
    expect(used(audited.judge())).toBe(1);
  });
});
