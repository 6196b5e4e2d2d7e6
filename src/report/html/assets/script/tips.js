// The values of chart marks, under the pointer and by the arrow keys.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Tips for chart marks and heads of columns. The browser's own tips are slow, and never appear for users of a keyboard. */
export function tips() {
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
