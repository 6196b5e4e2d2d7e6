import { CASE_KINDS, leaseTypesOf } from '../../protocol/cases.js';
import { HarnessError } from '../../errors.js';
import type { Answer, CaseLayout, Observation } from '../../observations/observation.js';
import { TRANSACTION_LIMIT } from '../../scenario/transaction-ids.js';
import { CLIENT_LIMIT } from './sharing.js';

/** @throws HarnessError SOURCE for numbers that only a damaged source can name */
export function assertInLayout(
  layout: CaseLayout,
  transaction: number,
  client: number,
  server: number,
): void {
  if (
    transaction < TRANSACTION_LIMIT &&
    client >= 0 &&
    client < layout.clients &&
    client < CLIENT_LIMIT &&
    server >= 0 &&
    server < layout.servers.length
  )
    return;
  throw damaged(
    layout,
    `an observation names transaction ${transaction}, client ${client}, server ${server}, which the run does not have`,
  );
}

/** @throws HarnessError SOURCE for a server that only a damaged source can name */
export function assertAnswerInLayout(layout: CaseLayout, { fromServer }: Answer): void {
  if (fromServer >= 0 && fromServer < layout.servers.length) return;
  throw damaged(layout, `an answer came from server ${fromServer}, which the run does not have`);
}

/**
 * The error for an observation whose phase, server, client or attempt is not that of its transaction's first message.
 */
export function strange(
  layout: CaseLayout,
  { type, transaction, client, server, phase, attempt }: Observation,
): HarnessError {
  return damaged(
    layout,
    `transaction ${transaction} has an observation (${type}, ${phase} of client ${client} at server ${server}, ` +
      `attempt ${attempt}) that does not match its first message`,
  );
}

/**
 * Checks that an answer is about a lease type that its case asks for. An answer about another type has strayed here
 * from another case.
 *
 * @throws HarnessError SOURCE
 */
export function assertLeaseType(layout: CaseLayout, { leaseType, transaction }: Answer): void {
  if (leaseType === layout.leaseType || asksForBoth(layout)) return;
  throw damaged(layout, `transaction ${transaction} has an answer about a lease of the type ${leaseType}`);
}

/**
 * Whether the case asks for addresses and prefixes in one message. The name of a case ends with its kind: `dhcp4`, or
 * `VLAN 10 dhcp4` in a capture.
 */
export function asksForBoth({ name }: CaseLayout): boolean {
  const kind = CASE_KINDS.find((one) => one === name.slice(name.lastIndexOf(' ') + 1));
  return kind !== undefined && leaseTypesOf(kind).length > 1;
}

function damaged({ name }: CaseLayout, what: string): HarnessError {
  return new HarnessError('SOURCE', `case ${name}: ${what}`, {
    hint: 'the source is damaged or was changed; judge a source that is unchanged since its run wrote it',
  });
}
