import type { Result } from '../../results/result.js';
import { commitEvents, eventTime, whereText } from '../words/commit-events.js';
import { commitSentences } from '../words/commits.js';
import { wrap } from '../words/wrap.js';

const FINDINGS_SHOWN = 3;

/** What the binary logs of the nodes say. */
export function commitLines({ commits }: Result, columns: number): string[] {
  return commits === undefined
    ? []
    : commitSentences(commits).flatMap((text) => wrap(text, columns, 2, '- '));
}

/** What happened to the leases of the findings, in order. */
export function commitFindingLines({ commits }: Result, columns: number): string[] {
  if (commits === undefined) return [];
  const { findings, omitted } = commits;
  const shown = findings.slice(0, FINDINGS_SHOWN).flatMap((finding) => [
    ...wrap(`${finding.lease}: ${finding.detail}`, columns, 2, '- '),
    ...commitEvents(finding).flatMap((event) => {
      const where = whereText(event);
      return wrap(
        `${eventTime(event)}  ${event.text}${where === '' ? '' : ` (${where})`}`,
        columns,
        6,
        '    ',
      );
    }),
  ]);
  const more = findings.length - Math.min(findings.length, FINDINGS_SHOWN) + omitted;
  return more === 0 ? shown : [...shown, `  and ${more} more`];
}
