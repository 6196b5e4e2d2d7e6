// The script of all pages. Without it a page still has all its content, but only the first witnesses.
import { showsMore } from './frames.js';
import { runMarks, runPages } from './history.js';
import { filterRows } from './listing.js';
import { makeSortable } from './sort.js';
import { tips } from './tips.js';
import { witnessPages } from './witnesses.js';

for (const table of document.querySelectorAll('table.sortable')) {
  for (const head of table.tHead.rows[0].cells) makeSortable(table, head);
}
witnessPages();
for (const list of document.querySelectorAll('details.runs')) {
  list.addEventListener('toggle', () => runPages(list), { once: true });
}
for (const chart of document.querySelectorAll('svg[data-runs]')) runMarks(chart);
for (const listing of document.querySelectorAll('.listing')) filterRows(listing);
tips();
for (const frame of document.querySelectorAll('.scroll')) showsMore(frame);
