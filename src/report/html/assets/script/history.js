// The runs of a history: their table, and the marks of the charts with a place for each run.
import { breakable, link } from './elements.js';
import { pages } from './pages.js';
import { sorted } from './sort.js';

/** By the id of its data. */
const histories = new Map();

/** Shows every run of a series, a row for each of its cases. */
export function runPages(list) {
  const { runs, violations } = historyOf(list.dataset.runs);
  const table = list.querySelector('table');
  const heads = [...table.tHead.rows[0].cells].map((head) => ({
    name: head.textContent,
    kind: head.className,
  }));
  const rows = runs.flatMap((run) => {
    const lines = run.lines.length > 0 ? run.lines : [[run.why]];
    return lines.map((line) => ({ run, texts: textsOf(run, line, heads.length) }));
  });
  const firstFigure = heads.findIndex(({ kind }) => kind === 'figures');
  const isBad = (text, column) => violations.includes(column - firstFigure) && !['', '0', '–'].includes(text);
  const parts = Object.fromEntries(
    ['find', 'back', 'on', 'found'].map((name) => [name, list.querySelector(`.${name}`)]),
  );
  const show = pages(list, { ...parts, shown: parts.found }, rows, {
    textOf: ({ run, texts }) => [...texts, run.why, run.changes].join('\n'),
    rowOf: ({ run, texts }) => {
      const row = document.createElement('tr');
      texts.forEach((text, column) => {
        const { name, kind } = heads[column];
        const cell = row.insertCell();
        cell.className = `${kind}${isBad(text, column) ? ' bad' : ''}`;
        cell.dataset.head = name;
        cell.append(...[cellOf(run, text, name)].flat());
      });
      return row;
    },
  });
  table.sortPages = (column, direction) => {
    show(sorted(rows, ({ texts }) => shownKey(texts[column], heads[column].kind), direction));
  };
}

/** Gives each place of a chart of runs its mark, with the tip. */
export function runMarks(chart) {
  const { runs, folds, singles } = historyOf(chart.dataset.runs);
  const [left, right, top, bottom] = chart.dataset.area.split(' ').map(Number);
  const figure = chart.dataset.plot === '' ? undefined : Number(chart.dataset.plot) + 1;
  const tips = [
    ...folds.map((fold) => [fold[0], figure && fold[figure]].filter(Boolean).join('; ')),
    ...runs
      .slice(0, singles)
      .reverse()
      .map((run) => tipOfRun(run, figure)),
  ];
  const width = (right - left) / tips.length;
  const marks = tips.map((tip, place) => {
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const size = { x: left + place * width, y: top, width, height: bottom - top };
    for (const [name, value] of Object.entries(size)) mark.setAttribute(name, value);
    mark.setAttribute('class', 'hit mark');
    mark.dataset.tip = tip;
    return mark;
  });
  chart.append(...marks);
}

/** The runs of a history, the newest first, from the data of their list. */
function historyOf(id) {
  if (!histories.has(id)) {
    const data = JSON.parse(document.getElementById(id).textContent);
    const runs = data.runs.map(
      ([
        started,
        link,
        name,
        outcome,
        sign,
        look,
        verdict,
        reproduction,
        why,
        changes,
        took,
        lines,
        series,
      ]) => ({
        ...{ started, name, outcome, sign, look, verdict, reproduction, why, changes, took, series },
        lines: lines.map(([line, figures]) => [line, ...figures.split(' ')]),
        link: link === 1 ? `${name}/report.html` : link,
      }),
    );
    histories.set(id, { ...data, runs });
  }
  return histories.get(id);
}

function textsOf(run, [line, ...figures], columns) {
  const head = [run.started, line, run.name, `${run.sign} ${run.outcome}`, run.verdict, run.reproduction];
  const own = run.series === undefined ? head : [run.series, ...head];
  const empty = Array.from({ length: columns - own.length - figures.length - 1 }, () => '');
  return [...own, ...figures, ...empty, run.took];
}

function cellOf(run, text, head) {
  if (head === 'started' && run.link !== null) return link(text, run.link);
  if (head !== 'outcome') return breakable(text);
  const mark = document.createElement('span');
  mark.className = run.look;
  mark.textContent = text;
  return mark;
}

/** The value of a shown figure. A figure that is not known comes before all others. */
function shownKey(text, kind) {
  if (kind !== 'figures' || / [a-z]/.test(text)) return text;
  const value = parseFloat(text.replaceAll(',', ''));
  return Number.isFinite(value) ? value : -Infinity;
}

function tipOfRun({ started, outcome, why, changes, name, lines }, figure) {
  const values = figure === undefined ? '' : lines.map((line) => `${line[0]} ${line[figure]}`).join(', ');
  const said = [values, why].filter((text) => text !== '').join('; ');
  return [`${started}, ${outcome}${said === '' ? '' : `: ${said}`}`, changes, `run ${name}`]
    .filter((text) => text !== '')
    .join('; ');
}
