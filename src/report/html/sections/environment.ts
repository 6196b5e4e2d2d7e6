import { socketText } from '../../../judgement/machine/sockets.js';
import { keaText } from '../../text/findings.js';
import { rerunArguments } from '../../words/rerun.js';
import { leaseDatabaseSettings } from '../../words/lease-database.js';
import { transportText } from '../../words/transport.js';
import type { Result } from '../../../results/result.js';
import { html, type Content, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import type { Section } from './section.js';
import { scrollFrame } from '../table.js';
import { timeTaken } from '../../words/took.js';

/** The environment of a run. For recorded exchanges, how the source was read. */
export function environment(result: Result): Section {
  const { environment: found, source, sockets = [] } = result;
  const lost = sockets.filter(({ drops, sendErrors }) => drops > 0 || (sendErrors ?? 0) > 0);
  return {
    id: 'environment',
    title: found === null ? 'The source' : 'Environment',
    content: [
      found === null ? null : pairs(environmentPairs(result, found)),
      source === null ? null : sourceContent(source),
      sockets.length === 0 ? null : socketsText(sockets.length, lost, result),
      html`<details>
        <summary>The scenario with all its settings</summary>
        ${scrollFrame('The settings', html`<pre>${JSON.stringify(result.scenario.effective, null, 2)}</pre>`)}
      </details>`,
    ],
  };
}

type Pair = readonly [string, Content];

function environmentPairs(
  { tool, scenario, faults, startedAt, finishedAt, transport }: Result,
  { kea, database, proxy, node, cpus }: NonNullable<Result['environment']>,
): Pair[] {
  const took =
    startedAt === null || finishedAt === null
      ? 'unknown, as it was killed'
      : timeTaken(startedAt, finishedAt);
  return [
    ['Kea', keaText(kea).join(' ')],
    ...leaseDatabaseSettings({ scenario, faults }).map(([name, value]): Pair => [
      name,
      html`<code>${value}</code>`,
    ]),
    ['Database', `${database.flavor}, ${database.version || 'of unknown version'}`],
    ...(database.wsrepProvider === '' ? [] : [['wsrep provider', database.wsrepProvider] as const]),
    ...Object.entries(database.settings).map(([name, value]): Pair => [
      name,
      html`<code>${String(value)}</code>`,
    ]),
    ...(typeof proxy === 'string' ? [['Proxy', proxy] as const] : []),
    ['Node.js', node],
    ['CPUs', count(cpus)],
    ...(transport === undefined ? [] : [['Datagrams', transportText({ transport })] as const]),
    ['This program', `${tool.name} ${tool.version}`],
    ['Seed', String(scenario.seed ?? 'unknown')],
    ['Started', startedAt ?? 'unknown'],
    ['Took', took],
  ];
}

function pairs(all: readonly Pair[]): Markup {
  return html`<dl class="pairs">
    ${all.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function sourceContent({ kind, files, untold, notes }: NonNullable<Result['source']>): Content {
  return [
    html`<p>Judged from ${kind === 'capture' ? 'a capture' : 'perfdhcp logs'}: ${files.join(', ')}</p>`,
    html`<ul>
      ${[...untold, ...notes].map((one) => html`<li>${one}</li>`)}
    </ul>`,
  ];
}

type Sockets = NonNullable<Result['sockets']>;

/** Losses are alarming where a check says so. Servers that a fault cut off lose datagrams, and that is no finding. */
function socketsText(sockets: number, lost: Sockets, { checks }: Result): Markup {
  if (lost.length === 0) return html`<p>No datagram was dropped at any of ${count(sockets)} sockets.</p>`;
  const isBad = checks.some(
    ({ name, verdict }) => verdict !== 'pass' && (name === 'run.drops' || name === 'run.sendErrors'),
  );
  return html`<ul ${isBad ? html`class="bad"` : null}>
    ${lost.map(({ socket, drops, sendErrors }) => {
      const unsent = sendErrors === null ? '' : `, ${count(sendErrors)} not sent`;
      return html`<li>${socketText({ socket })}: ${plural(drops, 'datagram')} dropped${unsent}</li>`;
    })}
  </ul>`;
}

/** The command that repeats the run. Absent for recorded exchanges. */
export function again(result: Result): Section | undefined {
  const command = rerunArguments(result);
  if (command === undefined) return undefined;
  return {
    id: 'again',
    title: 'Run it again',
    content: [
      html`<pre class="command"><code>${result.tool.name} ${command}</code></pre>`,
      html`<p class="note">
        In a checkout: <code>npm start -- ${command}</code>. With the seed the clients have the same identities;
        which leases the servers give may differ. The run directory's <code>scenario.yaml</code> is the
        scenario file as it was.
      </p>`,
    ],
  };
}
