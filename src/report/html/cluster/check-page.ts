import type { ClusterCheckResult, SettingAdvice } from '../../../cluster/check/cluster-check.js';
import type { Advice } from '../../../kea/advice/advice.js';
import { allPrintable } from '../../../terminal/printable.js';
import {
  adviceGroups,
  clusterFindings,
  clusterHeadline,
  NODE_COLUMNS,
  presentText,
} from '../../words/cluster-check.js';
import { count, plural } from '../../words/numbers.js';
import { htmlDocument } from '../document.js';
import { breakable, html, withCode, type Content, type Markup } from '../markup.js';
import type { Section } from '../sections/section.js';
import { SIGNS } from '../sections/verdict.js';
import { table } from '../table.js';

export interface CheckPageInput {
  result: ClusterCheckResult;
  /** How far the servers are from what is advised; empty if none was asked. */
  advice: readonly Advice[];
  /** Servers that did not answer. */
  silent: readonly { server: string; reason: string }[];
  checkedAt: Date;
  /** The program that makes the page, with its version. */
  generator: string;
}

/** The page of `cluster check`: whether the cluster is fit for Kea, what is not, and what to do. */
export function clusterCheckPage({ generator, checkedAt, ...told }: CheckPageInput): string {
  const { result, advice, silent } = allPrintable(told);
  const word = WORDS[result.verdict];
  return htmlDocument({
    title: `${word} cluster check`,
    generator,
    head: header(result, checkedAt),
    sections: [
      findings(result),
      silentServers(silent),
      nodes(result),
      notes(result),
      settings(result),
      servers(advice),
      everyCheck(result),
    ].filter((one) => one !== undefined),
  });
}

const WORDS = { pass: 'PASS', fail: 'FAIL' } as const;

function header(result: ClusterCheckResult, checkedAt: Date): Markup {
  const { verdict, settings } = result;
  const [worst, ...more] = clusterFindings(result);
  const wrong = settings.filter(({ weight }) => weight === 'wrong').map(({ name }) => name);
  return html`<header class="${verdict}">
    <p class="verdict">
      <strong><span aria-hidden="true">${SIGNS[verdict]}</span>&nbsp;${WORDS[verdict]}</strong>
    </p>
    <div>
      <h1>${worst === undefined ? clusterHeadline(result) : `${worst.title}${more.length === 0 ? '' : `, and ${count(more.length)} more`}`}</h1>
      <p>${withCode(nextStep(result))}</p>
      ${worst === undefined ? null : html`<p>${clusterHeadline(result)}</p>`}
      ${wrong.length === 0 ? null : html`<p>With ${wrong.join(', ')} as ${wrong.length === 1 ? 'it is' : 'they are'}, leases may become wrong.</p>`}
      <p class="meta">checked ${checkedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
    </div>
  </header>`;
}

/** What to do first. */
function nextStep(result: ClusterCheckResult): string {
  const [first] = clusterFindings(result);
  if (first !== undefined) return first.hint ?? first.title;
  const open = result.settings.filter(({ weight }) => weight !== 'ok').map(({ name }) => `\`${name}\``);
  const told = [
    ...(open.length === 0 ? [] : [`the settings that are not as advised (${open.join(', ')})`]),
    ...(result.notes.length === 0 ? [] : [plural(result.notes.length, 'note')]),
  ];
  return told.length === 0
    ? 'Nothing needs to be done.'
    : `The checks hold. Look at ${told.join(', and at ')}.`;
}

/** What does not hold, and what to do. Absent if everything holds. */
function findings(result: ClusterCheckResult): Section | undefined {
  const found = clusterFindings(result);
  if (found.length === 0) return undefined;
  return {
    id: 'not-held',
    title: 'What does not hold',
    content: found.map(
      ({ title, hint }) => html`<h3>${title}</h3>
        ${hint === null ? null : html`<p>${withCode(hint)}</p>`}`,
    ),
  };
}

function silentServers(silent: CheckPageInput['silent']): Section | undefined {
  if (silent.length === 0) return undefined;
  return {
    id: 'silent',
    title: 'Servers that did not answer',
    content: html`<ul>
      ${silent.map(({ server, reason }) => html`<li>${server}: ${reason}</li>`)}
    </ul>`,
  };
}

/** What stands in these columns may be long. The others stay in one line. */
const LONG = new Set<string>(['present', 'advised', 'meaning', 'expected', 'found', 'seen on']);

function columnsOf(heads: readonly string[]) {
  return heads.map((head) => ({ head, wraps: LONG.has(head) }));
}

function nodes({ nodes: reached, checks, unreachable }: ClusterCheckResult): Section {
  const cell = (column: string, node: string): Content => {
    const check = checks.find((one) => one.name === column && one.node === node);
    if (check === undefined) return '–';
    return check.verdict === 'pass'
      ? check.actual
      : html`<span class="fail">${SIGNS.fail} ${check.actual}</span>`;
  };
  const heads = ['node', 'kind', 'version', ...NODE_COLUMNS.map(({ head }) => head)];
  const rows = [
    ...reached.map(({ name, kind, version }) => [
      addressed(name),
      kind,
      version,
      ...NODE_COLUMNS.map((column) => html`${cell(column.name, name)}`),
    ]),
    ...unreachable.map(({ node }) => [
      addressed(node),
      html`<span class="fail">${SIGNS.fail} unreached</span>`,
      '–',
      ...NODE_COLUMNS.map(() => '–'),
    ]),
  ];
  const columns = columnsOf(heads);
  return { id: 'nodes', title: 'Nodes', content: table({ label: 'Nodes', columns, rows }) };
}

/** An address that breaks before its port, if at all. */
function addressed(node: string): Content {
  const [, host, port] = /^(.*)(:\d+)$/.exec(node) ?? [];
  return host === undefined ? node : html`${host}<wbr />${port}`;
}

const WEIGHTS = {
  ok: { look: 'pass', sign: SIGNS.pass, rank: 2 },
  note: { look: 'inconclusive', sign: '!', rank: 1 },
  wrong: { look: 'fail', sign: SIGNS.fail, rank: 0 },
} as const;

function weightCell(weight: keyof typeof WEIGHTS): Markup {
  const { look, sign } = WEIGHTS[weight];
  return html`<span class="${look}">${sign} ${weight}</span>`;
}

/** The settings that are not as advised, the gravest first. The others are folded. */
function settings({ settings: all }: ClusterCheckResult): Section | undefined {
  if (all.length === 0) return undefined;
  const label = 'Settings known to matter';
  const [good, open] = [all.filter(isOk), all.filter((one) => !isOk(one))];
  const inOrder = open.toSorted((a, b) => WEIGHTS[a.weight].rank - WEIGHTS[b.weight].rank);
  return {
    id: 'settings',
    title: label,
    content: [
      open.length === 0 ? null : settingsTable(`${label}, not as advised`, inOrder),
      good.length === 0
        ? null
        : html`<details>
            <summary>${plural(good.length, 'setting')} as advised</summary>
            ${settingsTable(`${label}, as advised`, good)}
          </details>`,
    ],
  };
}

function isOk({ weight }: SettingAdvice): boolean {
  return weight === 'ok';
}

function settingsTable(label: string, all: readonly SettingAdvice[]): Markup {
  const columns = columnsOf(['weight', 'setting', 'present', 'advised', 'meaning']);
  const rows = all.map(({ name, values, advised, meaning, weight }) => [
    weightCell(weight),
    html`<code>${breakable(name)}</code>`,
    presentText(values),
    advised,
    meaning,
  ]);
  return table({ label, columns, rows });
}

function servers(advice: readonly Advice[]): Section | undefined {
  if (advice.length === 0) return undefined;
  const label = 'Servers, compared with the scenario recommended';
  const columns = columnsOf(['weight', 'point', 'present', 'advised', 'servers', 'meaning']);
  const rows = adviceGroups(advice).map(({ weight, point, present, advised, servers: which, note }) => [
    weightCell(weight),
    html`<code>${breakable(point)}</code>`,
    present,
    advised,
    which,
    note,
  ]);
  return { id: 'servers', title: label, content: table({ label, columns, rows }) };
}

function notes({ notes: all }: ClusterCheckResult): Section | undefined {
  if (all.length === 0) return undefined;
  return {
    id: 'notes',
    title: 'Notes',
    content: html`<ul>
      ${all.map((one) => html`<li>${withCode(one)}</li>`)}
    </ul>`,
  };
}

function everyCheck({ checks }: ClusterCheckResult): Section {
  const columns = columnsOf(['verdict', 'check', 'node', 'expected', 'found']);
  const rows = checks.map(({ verdict, name, node, expected, actual }) => [
    html`<span class="${verdict}">${SIGNS[verdict]} ${verdict}</span>`,
    html`<code>${breakable(name)}</code>`,
    node ?? 'all',
    expected,
    actual,
  ]);
  return {
    id: 'checks',
    title: 'Every check',
    content: html`<details>
      <summary>${plural(checks.length, 'check')}, with what each expects and what was found</summary>
      ${table({ label: 'Every check', columns, rows })}
    </details>`,
  };
}
