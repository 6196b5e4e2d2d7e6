import { STATUS } from '../../../../dhcp/v6/index.js';
import type { LeaseType } from '../../../../protocol/leases.js';
import type { AnswerEvent } from './answer-event.js';
import { addressIn } from '../message/fields4.js';
import { hex, leaseTypeOf, type Association, type DhcpReply, type Given } from '../message/dhcp-message.js';
import { hashed } from '../network/endpoints.js';

const NOTHING = new Uint8Array(0);

/**
 * The leases and refusals of an answer. In an answer that matches its request, each binding that was asked for and is
 * not answered counts as refused. For all other answers only what is in the message counts. There is at least one
 * entry. A DHCPNAK gets the address that its request names.
 *
 * @param types the lease types of the answer's case
 */
export function givenIn({ ask, is, reply }: AnswerEvent, types: readonly LeaseType[]): readonly Given[] {
  const given = reply?.given ?? [];
  const status = reply?.statusCode ?? 0;
  if (ask?.family === 4 && given.length > 0)
    return reply?.type === 'nak' ? given.map((one) => ({ ...one, lease: addressIn(ask.content) })) : given;
  const wanted = ask === undefined || is !== 'matched' ? [] : ask.associations;
  const missing = wanted.filter((one) => !given.some((other) => isOf(other, one)));
  const fitting = given.filter(({ association }) => types.includes(leaseTypeOf(association)));
  const all = [...fitting, ...missing.map((association) => nothingOf(association, status))];
  if (all.length > 0) return all;
  return [nothingOf({ kind: types[0] === 'prefix' ? 'pd' : 'na', iaid: 0 }, status)];
}

function isOf({ association }: Given, { kind, iaid }: Association): boolean {
  return association.kind === kind && association.iaid === iaid;
}

/** Whether an entry ends a holding of its client: a DHCPNAK, a lease with a lifetime of zero, or NoBinding. */
export function takesAway({ kind, lease, validLifetime, statusCode }: Given): boolean {
  return (
    kind === 'nak' ||
    (kind === 'no-lease' && ((lease.length > 0 && validLifetime === 0) || statusCode === STATUS.noBinding))
  );
}

function nothingOf(association: Association, statusCode: number): Given {
  return { association, kind: 'no-lease', lease: NOTHING, prefixLength: 0, validLifetime: 0, statusCode };
}

/** What an answer says of each lease, as a number that copies of the answer share. */
export function givesNumber(reply: DhcpReply | undefined): number {
  let hash = 0x811c9dc5;
  for (const { kind, lease, statusCode } of reply?.given ?? [])
    hash = hashed(hash ^ statusCode, kind + hex(lease));
  return hash;
}
