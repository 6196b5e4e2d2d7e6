// Lists with too many rows to show all at once.
import { number } from './elements.js';

const ROWS_A_PAGE = 25;

/**
 * Shows rows page by page. The document holds only one page of them at a time, so a hundred thousand are as fast as
 * ten.
 *
 * @returns a function that shows the rows in another order
 */
export function pages(list, { find, back, on, shown }, rows, { textOf, rowOf }) {
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
