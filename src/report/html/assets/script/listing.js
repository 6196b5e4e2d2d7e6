// The list of all runs.
import { number } from './elements.js';

/** Filters the list of runs. The runs of suites are hidden until something is looked for. */
export function filterRows(listing) {
  const [find, outcomes, withMembers, found] = ['.find', '.outcomes', '.with-members', '.found'].map((name) =>
    listing.querySelector(name),
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
