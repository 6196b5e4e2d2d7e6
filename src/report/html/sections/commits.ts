import type { CommitFinding } from '../../../results/commits.js';
import type { Result } from '../../../results/result.js';
import { commitEvents, eventTime, whereText } from '../../words/commit-events.js';
import { commitSentences } from '../../words/commits.js';
import { sequenceDiagram } from '../charts/sequence.js';
import { html, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';
import type { Section } from './section.js';

/** How many findings stand there without a click. */
const SHOWN = 3;

/** What became of the leases in between. Absent if no node's binary log was read. */
export function commitHistory({ commits }: Result): Section | undefined {
  if (commits === undefined) return undefined;
  const { findings, omitted } = commits;
  return {
    id: 'commits',
    title: 'What happened in between, by the binary log of each node',
    content: [
      html`<ul>
        ${commitSentences(commits).map((text) => html`<li>${text}</li>`)}
      </ul>`,
      findings.length + omitted === 0
        ? html`<p class="pass">✓ Nothing wrong was found in the histories.</p>`
        : html`<p class="note">
              ● the node through which a change was made, and an answer · ○ a node that got the change from there
            </p>
            ${findings.slice(0, SHOWN).map(findingMarkup)}
            ${
              findings.length <= SHOWN
                ? null
                : html`<details>
                  <summary>${count(findings.length - SHOWN)} more</summary>
                  ${findings.slice(SHOWN).map(findingMarkup)}
                </details>`
            }`,
      omitted === 0
        ? null
        : html`<p class="note">and ${count(omitted)} more that result.json does not list</p>`,
    ],
  };
}

function findingMarkup(finding: CommitFinding): Markup {
  const events = commitEvents(finding);
  const nodes = [...new Set(finding.changes.map(({ node }) => node))].sort();
  return html`<figure class="panel sequence">
    <figcaption><code>${finding.lease}</code>: ${finding.detail}</figcaption>
    ${sequenceDiagram({
      label: `What happened to ${finding.lease}, in order`,
      lanes: [...nodes, 'clients'],
      events: events.map((event) => ({
        time: eventTime(event),
        text: event.text,
        at: event.answer === undefined ? event.on.map(({ node }) => node) : ['clients'],
        from: event.through,
        title: whereText(event),
      })),
    })}
  </figure>`;
}
