import { html, type Content } from '../../report/html/markup.js';
import { table } from '../../report/html/table.js';
import { plural } from '../../report/words/numbers.js';
import type { Comparison, Side } from '../comparison.js';

/** The link to the page of a run directory; undefined where neither exists any more. */
export type LinkOf = (directory: string) => string | undefined;

/** What was compared with what: names, dates and verdicts side by side, and the versions that differ. */
export function sidesTable({ run, baseline, verdict, reproduction }: Comparison, linkOf: LinkOf): Content {
  const [own, other] = [run.versions ?? {}, baseline.versions ?? {}];
  const names = [...new Set([...Object.keys(own), ...Object.keys(other)])];
  const differing = names.filter((name) => name in own && name in other && own[name] !== other[name]);
  const same = names.filter((name) => !differing.includes(name));
  const drawing = table({
    label: 'What was compared with what',
    columns: [{ head: 'what' }, { head: 'run', wraps: true }, { head: 'baseline', wraps: true }],
    rows: [
      ['name', sideContent(run, linkOf), sideContent(baseline, linkOf)],
      ['started', whenText(run), whenText(baseline)],
      pair('conformance', verdict.run, verdict.baseline),
      ...(reproduction ? [pair('reproduction', reproduction.run, reproduction.baseline)] : []),
      ...differing.map((name) => pair(name, own[name] ?? '', other[name] ?? '')),
    ],
    sortable: false,
  });
  if (same.length === 0) return drawing;
  const told = same.map((name) => `${name} ${own[name] ?? other[name] ?? ''}`).join(' · ');
  return [
    drawing,
    html`<p class="note">${baseline.versions === undefined ? 'The run' : 'The same in both'}: ${told}</p>`,
  ];
}

/** What differs is marked, also without colours. */
function pair(name: string, run: string, baseline: string): Content[] {
  if (run === baseline || baseline === 'none') return [name, run, baseline];
  const marked = (text: string) => html`<span class="differs"><strong>≠</strong> ${text}</span>`;
  return [name, marked(run), marked(baseline)];
}

const KINDS: Record<Side['kind'], string> = {
  run: '',
  baseline: 'marked baseline ',
  published: 'published: ',
};

/** The most runs of one side that have links. */
const LINKED = 20;

function sideContent({ kind, name, runs, directories = [] }: Side, linkOf: LinkOf): Content {
  const links = directories.map(linkOf);
  const [first] = links;
  if (runs === 1) {
    if (first === undefined) return [KINDS[kind], name];
    return kind === 'run'
      ? html`<a href="${first}">${name}</a>`
      : html`${KINDS[kind]}${name}, <a href="${first}">its run</a>`;
  }
  const linked = links
    .slice(0, LINKED)
    .flatMap((link, i) => (link === undefined ? [] : [html` <a href="${link}">${i + 1}</a>`]));
  return html`${KINDS[kind]}${name}, ${plural(runs, 'run')}${linked.length === 0 ? '' : ':'}${linked}`;
}

function whenText({ startedAt, runs }: Side): string {
  if (startedAt === null) return '–';
  const first = `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`;
  return runs === 1 ? first : `${first}, the first of ${runs}`;
}
