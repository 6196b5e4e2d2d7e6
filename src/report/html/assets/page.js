// The scripts of all pages: they sort tables, search witnesses and show them page by page, filter the list of runs, and
// show the values of chart marks, under the pointer and by the arrow keys. Without scripts a page still has all its
// content, but only the first witnesses.
(() => {
  'use strict';

  const WITNESSES_A_PAGE = 25;
  /** The column whose text links to the timeline of exchanges, if the row has an address behind its texts. */
  const LINKED = 2;

  for (const table of document.querySelectorAll('table.sortable')) {
    for (const head of table.tHead.rows[0].cells) makeSortable(table, head);
  }
  witnessPages();
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
      sort(table.tBodies[0], head.cellIndex, descending ? -1 : 1);
    });
  }

  function sort(body, column, direction) {
    const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]) }));
    rows.sort((a, b) => direction * compare(a.key, b.key));
    body.append(...rows.map(({ row }) => row));
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

  /**
   * Shows the witnesses. The document holds only one page of them at a time, so a hundred thousand are as fast as
   * ten.
   */
  function witnessPages() {
    const data = document.getElementById('witness-data');
    if (data === null) return;
    const all = JSON.parse(data.textContent);
    const list = document.getElementById('witness-list');
    const body = list.querySelector('tbody');
    const find = document.getElementById('witness-find');
    const back = document.getElementById('witness-back');
    const on = document.getElementById('witness-on');
    const shown = document.getElementById('witness-count');
    const heads = [...list.querySelector('thead tr').cells].map((head) => head.textContent);
    let found = all;
    let first = 0;
    list.querySelector('.controls').hidden = false;
    find.addEventListener('input', () => {
      const wanted = find.value.trim().toLowerCase();
      found =
        wanted === ''
          ? all
          : all.filter((row) => row.slice(0, heads.length).join('\n').toLowerCase().includes(wanted));
      first = 0;
      show();
    });
    back.addEventListener('click', () => turn(-WITNESSES_A_PAGE));
    on.addEventListener('click', () => turn(WITNESSES_A_PAGE));
    show();

    function turn(by) {
      first = Math.max(0, first + by);
      show();
    }

    function show() {
      const page = found.slice(first, first + WITNESSES_A_PAGE);
      body.replaceChildren(...page.map((row) => rowOf(row, heads)));
      back.disabled = first === 0;
      on.disabled = first + WITNESSES_A_PAGE >= found.length;
      const range = page.length === 0 ? 'none' : `${number(first + 1)}–${number(first + page.length)}`;
      shown.textContent = `${range} of ${number(found.length)}`;
    }
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
      cell.append(i === LINKED && texts.length > heads.length ? link(texts[i], texts.at(-1)) : texts[i]);
    }
    return row;
  }

  function link(text, address) {
    const element = document.createElement('a');
    element.href = address;
    element.textContent = text;
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
      mark.dataset.tip = title.textContent;
      title.remove();
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
