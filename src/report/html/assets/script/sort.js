// Tables that are sorted by the heads of their columns.

export function makeSortable(table, head) {
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

export function sorted(rows, keyOfRow, direction) {
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
