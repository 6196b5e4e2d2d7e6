// The scripts of all pages: they sort tables, search witnesses and the runs of a history and show them page by page,
// filter the list of runs, and show the values of chart marks, under the pointer and by the arrow keys. Without scripts a page still has all its
// content, but only the first witnesses.
(() => {
  'use strict';

  const ROWS_A_PAGE = 25;
  /** The column whose text links to the timeline of exchanges, if the row has an address behind its texts. */
  const LINKED = 2;
  /** The places where names are broken: those of `breakable` in markup.ts. */
  const LONG_NAMES = /(\S{20,})/;
  const JOINTS = /(?<=[./_,])(?=[^./_,])|(?<=[a-z])(?=[A-Z])/;

  for (const table of document.querySelectorAll('table.sortable')) {
    for (const head of table.tHead.rows[0].cells) makeSortable(table, head);
  }
  witnessPages();
  const histories = new Map();
  for (const list of document.querySelectorAll('details.runs')) {
    list.addEventListener('toggle', () => runPages(list), { once: true });
  }
  for (const chart of document.querySelectorAll('svg[data-runs]')) runMarks(chart);
  for (const listing of document.querySelectorAll('.listing')) filterRows(listing);
  tips();
  for (const frame of document.querySelectorAll('.scroll')) showsMore(frame);

  /** A frame shows at its edge that there is more to the right of it. */
  function showsMore(frame) {
    const look = () => {
      const more = frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1;
      frame.classList.toggle('more', more);
    };
    frame.addEventListener('scroll', look, { passive: true });
    new window.ResizeObserver(look).observe(frame);
  }

  function makeSortable(table, head) {
    if (head.textContent === '') return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    if (head.title !== '') {
      button.dataset.tip = head.title;
      button.setAttribute('aria-description', head.title);
      head.removeAttribute('title');
    }
    button.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const direction = descending ? -1 : 1;
      if (table.sortPages === undefined) sort(table.tBodies[0], head.cellIndex, direction);
      else table.sortPages(head.cellIndex, direction);
    });
  }

  function sort(body, column, direction) {
    body.append(...sorted([...body.rows], (row) => keyOf(row.cells[column]), direction));
  }

  function sorted(rows, keyOfRow, direction) {
    const all = rows.map((row) => ({ row, key: keyOfRow(row) }));
    all.sort((a, b) => direction * compare(a.key, b.key));
    return all.map(({ row }) => row);
  }

  function keyOf(cell) {
    const exact = cell.dataset.value;
    if (exact === undefined) return cell.textContent;
    return exact === '' ? -Infinity : Number(exact);
  }

  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : Number(a > b);
    return String(a).localeCompare(String(b), 'en', { numeric: true });
  }

  /** Shows the witnesses. */
  function witnessPages() {
    const data = document.getElementById('witness-data');
    if (data === null) return;
    const list = document.getElementById('witness-list');
    const heads = [...list.querySelector('thead tr').cells].map((head) => head.textContent);
    const [find, back, on, shown] = ['find', 'back', 'on', 'count'].map((name) =>
      document.getElementById(`witness-${name}`),
    );
    pages(list, { find, back, on, shown }, JSON.parse(data.textContent), {
      textOf: (row) => row.slice(0, heads.length).join('\n'),
      rowOf: (row) => rowOf(row, heads),
    });
  }

  /**
   * Shows rows page by page. The document holds only one page of them at a time, so a hundred thousand are as fast as
   * ten.
   *
   * @returns a function that shows the rows in another order
   */
  function pages(list, { find, back, on, shown }, rows, { textOf, rowOf }) {
    const body = list.querySelector('tbody');
    let all = rows;
    let found = rows;
    let first = 0;
    list.querySelector('.controls').hidden = false;
    find.addEventListener('input', search);
    back.addEventListener('click', () => turn(-ROWS_A_PAGE));
    on.addEventListener('click', () => turn(ROWS_A_PAGE));
    show();
    return (inOrder) => {
      all = inOrder;
      search();
    };

    function search() {
      const wanted = find.value.trim().toLowerCase();
      found = wanted === '' ? all : all.filter((row) => textOf(row).toLowerCase().includes(wanted));
      first = 0;
      show();
    }

    function turn(by) {
      first = Math.max(0, first + by);
      show();
    }

    function show() {
      const page = found.slice(first, first + ROWS_A_PAGE);
      body.replaceChildren(...page.map(rowOf));
      back.disabled = first === 0;
      on.disabled = first + ROWS_A_PAGE >= found.length;
      const range = page.length === 0 ? 'none' : `${number(first + 1)}–${number(first + page.length)}`;
      shown.textContent = `${range} of ${number(found.length)}`;
    }
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

  /** Shows every run of a series, a row for each of its cases. */
  function runPages(list) {
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
    const isBad = (text, column) =>
      violations.includes(column - firstFigure) && !['', '0', '–'].includes(text);
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

  /** Gives each place of a chart of runs its mark, with the tip. */
  function runMarks(chart) {
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

  function tipOfRun({ started, outcome, why, changes, name, lines }, figure) {
    const values = figure === undefined ? '' : lines.map((line) => `${line[0]} ${line[figure]}`).join(', ');
    const said = [values, why].filter((text) => text !== '').join('; ');
    return [`${started}, ${outcome}${said === '' ? '' : `: ${said}`}`, changes, `run ${name}`]
      .filter((text) => text !== '')
      .join('; ');
  }

  /** Filters the list of runs. The runs of suites are hidden until something is looked for. */
  function filterRows(listing) {
    const [find, outcomes, withMembers, found] = ['.find', '.outcomes', '.with-members', '.found'].map(
      (name) => listing.querySelector(name),
    );
    const rows = [...listing.querySelector('tbody').rows].map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
      isMember: row.querySelector('.in-suite') !== null,
    }));
    listing.querySelector('.controls').hidden = false;
    withMembers.parentElement.hidden = !rows.some(({ isMember }) => isMember);
    for (const control of [find, outcomes, withMembers]) control.addEventListener('input', show);
    for (const link of document.querySelectorAll('[data-find]')) {
      link.addEventListener('click', () => {
        find.value = link.dataset.find;
        show();
      });
    }
    show();

    function show() {
      const words = find.value.trim().toLowerCase();
      const shown = rows.filter(({ row, text, isMember }) => {
        const isMeant = withMembers.checked || words !== '' || !isMember;
        const hasOutcome = outcomes.value === '' || row.querySelector(`.${outcomes.value}`) !== null;
        row.hidden = !(isMeant && hasOutcome && text.includes(words));
        return !row.hidden;
      });
      found.textContent = `${number(shown.length)} of ${number(rows.length)}`;
    }
  }

  function rowOf(texts, heads) {
    const row = document.createElement('tr');
    for (const [i, head] of heads.entries()) {
      const cell = row.insertCell();
      cell.className = 'text lines';
      cell.dataset.head = head;
      cell.append(
        ...(i === LINKED && texts.length > heads.length
          ? [link(texts[i], texts.at(-1))]
          : breakable(texts[i])),
      );
    }
    return row;
  }

  /** The text with places where its long names can be broken: the same places as in the rows that the page came with. */
  function breakable(text) {
    return text
      .split(LONG_NAMES)
      .flatMap((part, place) =>
        place % 2 === 0
          ? [part]
          : part
              .split(JOINTS)
              .flatMap((piece, at) => (at === 0 ? [piece] : [document.createElement('wbr'), piece])),
      );
  }

  function link(text, address) {
    const element = document.createElement('a');
    element.href = address;
    element.append(...breakable(text));
    return element;
  }

  function number(value) {
    return value.toLocaleString('en-US');
  }

  /** Tips for chart marks and heads of columns. The browser's own tips are slow, and never appear for users of a keyboard. */
  function tips() {
    const tip = document.createElement('div');
    tip.id = 'tip';
    tip.setAttribute('role', 'status');
    tip.hidden = true;
    document.querySelector('main').append(tip);
    const charts = new Set();
    for (const mark of document.querySelectorAll('.mark')) {
      const title = mark.querySelector('title');
      mark.dataset.tip ??= title.textContent;
      title?.remove();
      if (mark.matches('a')) mark.setAttribute('aria-label', mark.dataset.tip);
      charts.add(mark.closest('[role="img"]'));
    }
    // The marks of a calendar are links, each a stop of its own.
    charts.delete(null);
    let told = null;
    const tell = (about) => {
      told?.classList.remove('current');
      told = about;
      tip.hidden = about === null;
      if (about === null) return;
      tip.textContent = about.dataset.tip;
      place(tip, about.getBoundingClientRect());
    };
    for (const chart of charts) makeWalkable(chart, tell);
    const tipOf = ({ target }) => (target instanceof Element ? target.closest('[data-tip]') : null);
    document.addEventListener('pointerover', (event) => tell(tipOf(event)));
    document.addEventListener('focusin', (event) => tell(tipOf(event)));
    document.addEventListener('focusout', () => tell(null));
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && tell(null));
    // The browser scrolls what gets the focus into view.
    const isFocused = () => told.classList.contains('current') || told === document.activeElement;
    const follow = () => {
      if (told !== null && isFocused()) place(tip, told.getBoundingClientRect());
      else tell(null);
    };
    document.addEventListener('scroll', follow, { capture: true, passive: true });
  }

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  /** A chart is one stop of the Tab key, as some have hundreds of marks. The arrow keys go through these. */
  function makeWalkable(chart, tell) {
    const marks = [...chart.querySelectorAll('.mark')];
    let at = 0;
    const show = () => {
      tell(marks[at]);
      marks[at].classList.add('current');
    };
    chart.setAttribute('tabindex', '0');
    chart.addEventListener('focusin', (event) => {
      if (!chart.matches(':focus-visible')) return;
      event.stopPropagation();
      show();
    });
    chart.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      at = Math.min(Math.max(at + step, 0), marks.length - 1);
      show();
    });
  }

  function place(tip, mark) {
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(4, mark.left + mark.width / 2 - width / 2), window.innerWidth - width - 4);
    const above = mark.top - height - 4;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 4 ? mark.bottom + 4 : above}px`;
  }
})();
