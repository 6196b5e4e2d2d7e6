import type { Result } from '../../../results/result.js';
import {
  CONFLICTS,
  grownBy,
  notCountedTexts,
  replicatingNodes,
  type CountedNode,
} from '../../words/conflicts.js';
import { figuresByNodeNote } from '../../words/proxy.js';
import { barChart } from '../charts/bars.js';
import { panel } from '../charts/svg.js';
import { html, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';
import { table } from '../table.js';
import type { Section } from './section.js';

type Accompanying = NonNullable<Result['accompanying']>;

/** The conflicts that each node counted during the load. Absent for nodes that don't replicate. */
export function conflicts(result: Result): Section | undefined {
  const nodes = replicatingNodes(result);
  if (nodes.length === 0) return undefined;
  const byNode = figuresByNodeNote(result);
  const notes = [...(byNode === undefined ? [] : [byNode]), ...notCountedTexts(result)];
  const groups = Object.entries(CONFLICTS).map(([counter, title], i) => ({
    title,
    bars: nodes.map((one) => {
      const { node, growth } = one;
      const look = i === 0 ? ('plain' as const) : ('hatched' as const);
      if (growth === null)
        return { label: node, value: 0, shown: 'not known', title: `${node}: ${title} not known`, look };
      const shown = grownBy(one, counter);
      return { label: node, value: growth[counter] ?? 0, shown, title: `${node}: ${shown} ${title}`, look };
    }),
  }));
  return {
    id: 'conflicts',
    title: 'Conflicts per node',
    content: html`${notes.map((note) => html`<p class="note">${note}.</p>`)}
      <div class="beside">
        ${panel('During the load', barChart('Conflicts that each node counted', groups))}
        ${countersTable(nodes)}
      </div>`,
  };
}

function countersTable(nodes: readonly CountedNode[]): Markup {
  const counters = [...new Set(nodes.flatMap(({ growth }) => Object.keys(growth ?? {})))];
  const columns = [{ head: 'counter' }, ...nodes.map(({ node }) => ({ head: node, figures: true }))];
  const rows = counters.map((counter) => [
    html`<code>${counter}</code>`,
    ...nodes.map(({ growth }) => {
      const value = growth?.[counter] ?? null;
      return { shown: count(value), value, path: '' };
    }),
  ]);
  return table({ label: 'What the counters of each node grew by', columns, rows });
}

/** Warnings and errors in the servers' logs, the most frequent ones first. */
export function messages({ accompanying }: Result): Section | undefined {
  if (accompanying === null || accompanying === undefined) return undefined;
  const { withoutLog = [] } = accompanying;
  return {
    id: 'messages',
    title: "Most frequent warnings and errors in the servers' logs",
    content: [
      accompanying.messages.length === 0
        ? html`<p>No warnings and no errors.</p>`
        : messageTable(accompanying.messages),
      withoutLog.length === 0
        ? null
        : html`<p class="note">Logs that could not be read: ${withoutLog.join(', ')}.</p>`,
      html`<p class="note">Messages logged during the load. No cause is inferred.</p>`,
    ],
  };
}

interface Message {
  identifier: string;
  severity: string;
  count: number;
  errorCodes: Map<string, number>;
  servers: { server: string; count: number }[];
}

function messageTable(messages: Accompanying['messages']): Markup {
  const columns = [
    { head: 'message' },
    { head: 'severity' },
    { head: 'times', figures: true },
    { head: 'with database error', wraps: true },
    { head: 'by server', wraps: true },
  ];
  const rows = together(messages).map((one) => [
    html`<code>${one.identifier}</code>`,
    one.severity,
    { shown: count(one.count), value: one.count, path: '' },
    [...one.errorCodes].map(([code, times]) => `${code} in ${count(times)}`).join(', '),
    one.servers.map(({ server, count: times }) => `${server} ${count(times)}`).join(', '),
  ]);
  return table({ label: "Messages in the servers' logs", columns, rows });
}

/** Joins the same message of several servers into one row. */
function together(messages: Accompanying['messages']): Message[] {
  const byIdentifier = new Map<string, Message>();
  for (const { identifier, severity, server, count: times, errorCodes } of messages) {
    const key = `${severity} ${identifier}`;
    const one = byIdentifier.get(key) ?? {
      identifier,
      severity,
      count: 0,
      errorCodes: new Map<string, number>(),
      servers: [],
    };
    byIdentifier.set(key, one);
    one.count += times;
    one.servers.push({ server, count: times });
    for (const [code, more] of Object.entries(errorCodes))
      one.errorCodes.set(code, (one.errorCodes.get(code) ?? 0) + more);
  }
  return [...byIdentifier.values()].sort((a, b) => b.count - a.count);
}
