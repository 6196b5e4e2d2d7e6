import type { FaultFigures } from '../../../results/faults.js';
import type { Result } from '../../../results/result.js';
import { faultSentence, metSentences, FAULTS_TITLE, sentencesBeside } from '../../words/faults.js';
import { timelineHash } from '../exchanges/link.js';
import { html, type Content } from '../markup.js';
import { count } from '../../words/numbers.js';
import { table } from '../table.js';
import type { Section } from './section.js';

/**
 * What was done to nodes and servers, and what the clients of each server saw.
 *
 * @param page the address of the timeline of exchanges, if there is one
 */
export function faults(result: Result, page?: string): Section | undefined {
  const { faults: what } = result;
  if (what === undefined) return undefined;
  const columns = [
    { head: 'server' },
    { head: 'attempts meanwhile', figures: true },
    { head: 'of these served', figures: true },
    { head: 'first in vain after, s', figures: true },
    { head: 'longest without a lease, s', figures: true },
    { head: 'first lease after the undoing began, s', figures: true },
  ];
  const tables = what.faults.map((fault, index) => {
    const rows = fault.servers.map((seen, number) => {
      const { server, asked = null, served = null, firstInVainMs = null } = seen;
      const { longestGapMs, firstLeaseAfterMs } = seen;
      const path = `faults.faults.${index}.servers.${number}`;
      return [
        server,
        { shown: countOr(asked), value: asked, path: `${path}.asked` },
        { shown: countOr(served), value: served, path: `${path}.served` },
        { shown: seconds(firstInVainMs), value: firstInVainMs, path: `${path}.firstInVainMs` },
        { shown: seconds(longestGapMs), value: longestGapMs, path: `${path}.longestGapMs` },
        { shown: seconds(firstLeaseAfterMs), value: firstLeaseAfterMs, path: `${path}.firstLeaseAfterMs` },
      ];
    });
    const label = faultSentence(fault);
    const met = metSentences(fault);
    return html`<p>
        ${label}${met.length === 0 ? '' : `. ${met.join('; ')}`}${requestsLink(fault, what.loadBeganAtMs, page)}
      </p>
      ${table({ label, columns, rows })}`;
  });
  return {
    id: 'faults',
    title: FAULTS_TITLE,
    content: [
      ...tables,
      html`<ul>
        ${sentencesBeside(result).map((text) => html`<li>${text}</li>`)}
      </ul>`,
    ],
  };
}

/** A link to the requests of the time of a fault. */
function requestsLink(
  { beganAtMs, undoBeganAtMs, undoneAtMs }: FaultFigures,
  loadBeganAtMs: number | null | undefined,
  page: string | undefined,
): Content {
  if (page === undefined || beganAtMs === null || loadBeganAtMs === null || loadBeganAtMs === undefined)
    return null;
  // The times of faults count from the beginning of the load.
  const hash = timelineHash({
    zeroUs: 0,
    fromUs: beganAtMs * 1_000,
    untilUs: (undoneAtMs ?? undoBeganAtMs ?? beganAtMs + 1_000) * 1_000,
  });
  return html` (<a href="${page}${hash}">its requests</a>)`;
}

function countOr(value: number | null): string {
  return value === null ? '–' : count(value);
}

function seconds(ms: number | null): string {
  return ms === null ? '–' : (ms / 1_000).toFixed(1);
}
