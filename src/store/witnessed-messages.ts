import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leaseText } from '../observations/export/rows.js';
import { openJournal } from '../observations/journal/journal.js';
import { timeOf, type Observation } from '../observations/observation.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import type { SeenMessage, WitnessOfCase } from '../report/html/input.js';
import { clientKey } from '../report/html/witnesses/shown.js';
import { STORED } from './stored-files.js';

/** The most messages of a client. One that asks for days would fill the page. */
const PER_CLIENT = 200;

/**
 * The messages of the clients of some witnesses, up to the last answer that a witness is about. Empty for a directory
 * without a journal. Errors: SOURCE for a journal that is damaged.
 */
export function witnessedMessages(
  directory: string,
  witnesses: readonly WitnessOfCase[],
  anonymiser?: Anonymiser,
): Map<string, SeenMessage[]> {
  const path = join(directory, STORED.journal);
  const holders = witnesses.flatMap((witness) =>
    witness.holders.map((holder) => ({ ...holder, case: holder.case ?? witness.case })),
  );
  const messages = new Map<string, SeenMessage[]>(
    holders.map((holder) => [clientKey(holder.case, holder.client), []]),
  );
  if (holders.length === 0 || !existsSync(path)) return messages;
  const lastUs = Math.max(...holders.map(({ fromUs }) => fromUs ?? Infinity));
  const opened = openJournal(path);
  const other = anonymiser?.journal(opened);
  const { layout } = other ?? opened;
  const cases = layout.cases.map(({ name }) => name);
  for (const one of other?.observations() ?? opened.passing()) {
    if (timeOf(one) > lastUs) break;
    const its = messages.get(clientKey(cases[one.caseIndex] ?? '', one.client));
    if (its === undefined) continue;
    its.push(seen(one, layout.cases[one.caseIndex]?.servers ?? []));
    // The last ones are those of the lease that the witness is about.
    if (its.length > PER_CLIENT) its.shift();
  }
  return messages;
}

function seen(one: Observation, servers: readonly string[]): SeenMessage {
  const { phase, attempt } = one;
  const common = { atUs: timeOf(one), phase, attempt };
  if (one.type !== 'answer')
    return { ...common, what: one.type, server: servers[one.server] ?? '', lease: '' };
  return { ...common, what: one.kind, server: servers[one.fromServer] ?? '', lease: leaseText(one) };
}
