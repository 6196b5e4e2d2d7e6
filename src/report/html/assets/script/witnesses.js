// The list of witnesses. Without scripts a page has only the first of them.
import { breakable, link } from './elements.js';
import { pages } from './pages.js';

/** The column whose text links to the timeline of exchanges, if the row has an address behind its texts. */
const LINKED = 2;

/** Shows the witnesses. */
export function witnessPages() {
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

function rowOf(texts, heads) {
  const row = document.createElement('tr');
  for (const [i, head] of heads.entries()) {
    const cell = row.insertCell();
    cell.className = 'text lines';
    cell.dataset.head = head;
    const isLinked = i === LINKED && texts.length > heads.length;
    cell.append(...(isLinked ? [link(texts[i], texts.at(-1))] : breakable(texts[i])));
  }
  return row;
}
