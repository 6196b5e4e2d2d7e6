import { HarnessError } from '../errors.js';
import type { CaseLayout } from '../observations/model.js';
import { CLIENT_LIMIT } from './sharing.js';

/** What the typed arrays behind a case can be asked to hold. */
const TRANSACTION_LIMIT = 2 ** 27;

/** @throws HarnessError SOURCE for numbers that only a damaged source can name */
export function assertInLayout(
  layout: CaseLayout,
  transaction: number,
  client: number,
  server: number,
): void {
  if (
    transaction < TRANSACTION_LIMIT &&
    client < CLIENT_LIMIT &&
    server >= 0 &&
    server < layout.servers.length
  )
    return;
  throw new HarnessError(
    'SOURCE',
    `case ${layout.name}: an observation names transaction ${transaction}, client ${client}, server ${server}, ` +
      `which the run has not`,
  );
}
