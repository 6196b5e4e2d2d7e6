import type { Result } from '../../../results/result.js';
import { leaseSentences } from '../../words/fault-leases.js';
import { faultSentence, FAULTS_TITLE, nodeSentences } from '../../words/faults.js';
import { html } from '../markup.js';
import { count } from '../numbers.js';
import { table } from '../table.js';
import type { Section } from './section.js';

/** What was done to nodes and servers, and what the clients of each server saw. */
export function faults({ faults: what }: Result): Section | undefined {
  if (what === undefined) return undefined;
  const columns = [
    { head: 'server' },
    { head: 'leases meanwhile', figures: true },
    { head: 'longest without a lease, s', figures: true },
    { head: 'first lease after the undoing began, s', figures: true },
  ];
  const tables = what.faults.map((fault, index) => {
    const rows = fault.servers.map(({ server, leases, longestGapMs, firstLeaseAfterMs }, number) => {
      const path = `faults.faults.${index}.servers.${number}`;
      return [
        server,
        { shown: count(leases), value: leases, path: `${path}.leases` },
        { shown: seconds(longestGapMs), value: longestGapMs, path: `${path}.longestGapMs` },
        { shown: seconds(firstLeaseAfterMs), value: firstLeaseAfterMs, path: `${path}.firstLeaseAfterMs` },
      ];
    });
    const label = faultSentence(fault);
    return html`<p>${label}</p>
      ${table({ label, columns, rows })}`;
  });
  return {
    id: 'faults',
    title: FAULTS_TITLE,
    content: [
      ...tables,
      ...what.ended.map(({ server, how }) => html`<p>${server} ended (${how}).</p>`),
      html`<ul>
        ${[...leaseSentences(what), ...nodeSentences(what.nodes)].map((text) => html`<li>${text}</li>`)}
      </ul>`,
    ],
  };
}

function seconds(ms: number | null): string {
  return ms === null ? '–' : (ms / 1_000).toFixed(1);
}
