import { parseIpv6 } from '../../dhcp/v6/index.js';
import type { CheckName } from '../../results/check-names.js';
import type { Cause } from './cause.js';
import { plural } from './log-counts.js';

export const newerSchema: Cause = {
  title: 'servers that write to a newer lease schema',
  meaning:
    'Kea looks at the version of the lease schema when it connects, and only then. A server that runs while the schema is upgraded writes as before. Up to schema 18 the column of an IPv6 address holds text, since 19 it holds 16 bytes: the text is cut there to its first 16 characters, or refused where it is longer. No other server finds such a row, so the lease is given away.',
  versions:
    'DHCPv6 servers of Kea for a lease schema before 19, such as 2.2 (14.0), on the schema of a later version, such as 2.6 (22.2).',
  upstream:
    "`upgrade_018_to_019.sh` of Kea changes the column; Kea's manual asks to stop all servers for an upgrade of the database.",
  shownBy: 'The audit finds rows whose 16 bytes are the text of an address.',
  whatToDo:
    'Stop the DHCPv6 servers of the old version before you upgrade the schema across version 19. Rows that they wrote since then are to be deleted.',
  found: ({ cases, checks }) =>
    cases.flatMap(({ figures, family, findings }) => {
      if (family !== 6) return [];
      const rows = findings.filter(
        ({ kind, lease }) => kind === 'out-of-pool' && textIn(lease) !== undefined,
      );
      const [first] = rows;
      if (first === undefined) return [];
      const text = `${plural(rows.length, 'row')} of those listed ${rows.length === 1 ? 'is' : 'are'} the text of an address in 16 bytes: ${first.lease} is "${textIn(first.lease)}"`;
      return checks
        .filter(
          ({ case: of, name, verdict }) => of === figures.name && verdict === 'fail' && BROKEN.has(name),
        )
        .map(({ name }) => ({ case: figures.name, explains: name, text }));
    }),
};

/** What comes of rows that nobody finds. */
const BROKEN: ReadonlySet<string> = new Set<CheckName>([
  'conformance.heldConcurrently',
  'audit.stored',
  'audit.identity',
  'audit.untold',
  'audit.pools',
]);

/** The text that the bytes of a lease are, if they are the beginning of an address: the characters of one, then zeros. */
function textIn(lease: string): string | undefined {
  const bytes = parseIpv6(lease.split('/')[0] ?? '');
  const text = Buffer.from(bytes).toString('latin1').replace(/\0*$/, '');
  return /^[0-9a-f]{1,4}:[0-9a-f:]+$/.test(text) ? text : undefined;
}
