import { describe, expect, it } from 'vitest';
import { v4 } from '../../synthetic.test-support.js';
import { AuditedRun, findingsOf, ZERO_UNIX_S } from '../audit.test-support.js';

const OFFER_LIFETIME_S = 60;

/** Two clients. The first holds a lease. Of the second only what `offered` does is known. */
function withRowOfSecond(
  offered: (run: AuditedRun) => void,
  row: { address?: string; validLifetime?: number; client?: number } = {},
): AuditedRun {
  const audited = new AuditedRun('dhcp4', 2);
  audited.run.lease(0, v4(0));
  audited.stored(audited.row(0, '10.0.0.0'));
  offered(audited);
  const { address = '10.0.0.1', validLifetime = OFFER_LIFETIME_S, client = 1 } = row;
  const expire = ZERO_UNIX_S + 100 + validLifetime;
  return audited.stored(audited.row(client, address, { validLifetime, expire }));
}

const offered = ({ run }: AuditedRun): void => void run.ask(1, 0).give(v4(1));
const unanswered = ({ run }: AuditedRun): void => void run.ask(1, 0).timeout();
const kinds = (audited: AuditedRun, offerLifetime?: number): string[] =>
  findingsOf(audited.judge({}, {}, { offerLifetime })).map(({ kind }) => kind);

describe('with offer-lifetime, a live row without an acknowledgement', () => {
  it('is explained by the offer that stored it', () => {
    expect(kinds(withRowOfSecond(offered), OFFER_LIFETIME_S)).toEqual([]);
  });

  it('is explained by a DISCOVER that was never answered', () => {
    expect(kinds(withRowOfSecond(unanswered), OFFER_LIFETIME_S)).toEqual([]);
  });

  it.each([
    ['of a lease that was not offered', offered, { address: '10.0.0.7' }],
    ['with the lifetime of a lease', offered, { validLifetime: 4_000 }],
    ['with the lifetime of a lease, after silence', unanswered, { validLifetime: 4_000 }],
  ])('%s is untold', (_, offer, row) => {
    expect(kinds(withRowOfSecond(offer, row), OFFER_LIFETIME_S)).toEqual(['untold']);
  });

  it('is no second lease of its client, who got one from another server', () => {
    const row = { client: 0, address: '10.0.0.1' };
    const again = ({ run }: AuditedRun): void => void run.ask(0, 0).give(v4(1));
    expect(kinds(withRowOfSecond(again, row), OFFER_LIFETIME_S)).toEqual([]);
    expect(kinds(withRowOfSecond(again, { ...row, validLifetime: 4_000 }), OFFER_LIFETIME_S)).toEqual([
      'untold',
      'several-leases',
    ]);
  });

  it('does not count as the row of an acknowledged lease', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0));
    const expire = ZERO_UNIX_S + 100 + OFFER_LIFETIME_S;
    audited.stored(audited.row(0, '10.0.0.0', { validLifetime: OFFER_LIFETIME_S, expire }));
    expect(kinds(audited, OFFER_LIFETIME_S)).toEqual(['expiry']);
  });
});

it('without offer-lifetime, an offer explains no row', () => {
  expect(kinds(withRowOfSecond(offered))).toEqual(['untold']);
});
