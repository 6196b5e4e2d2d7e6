// The text beside the drawing: the sums of what is visible, and the single requests.
import { layerOf } from './columns.js';
import { answerText, lengthText, number, timeText } from './words.js';

/** More rows than this nobody reads; a shorter view has fewer. */
const ROWS = 100;

/** Sums for each series, from columns whose requests are not known, or from requests. */
export function sumsOf(model, { requests, view }) {
  const sums = model.series.map(() => ({ all: 0 }));
  const add = (place, what, count) => {
    const sum = sums[place];
    const layer = model.outcomes.includes(what) ? layerOf(model, model.series[place], what) : what;
    sum[layer] = (sum[layer] ?? 0) + count;
    if (model.outcomes.includes(what)) sum.all += count;
  };
  if (requests === undefined) {
    const { bins } = model;
    const first = Math.max(0, Math.floor((view.from - bins.from) / bins.bin));
    const last = Math.min(bins.length - 1, Math.floor((view.until - bins.from) / bins.bin));
    bins.series.forEach((counts, place) => {
      for (const [what, values] of Object.entries(counts))
        for (let bin = first; bin <= last; bin++) if (values[bin] > 0) add(place, what, values[bin]);
    });
  } else
    for (const { series, outcome, isShared, witnessed, further } of requests) {
      add(series, model.outcomes[outcome], 1);
      if (isShared) add(series, 'shared', 1);
      if (witnessed.length > 0) add(series, 'witnessed', 1);
      for (const { kind } of further) add(series, kind === 0 ? 'again' : 'further', 1);
    }
  return sums;
}

export function fillSums(body, model, sums) {
  const rows = sums.flatMap((sum, place) => {
    const { lane, phase, kind } = model.series[place];
    if (sum.all === 0 && (sum.unmatched ?? 0) === 0) return [];
    const of = (layer) => number(sum[layer] ?? 0);
    const further = (sum.further ?? 0) + (sum.unmatched ?? 0);
    const answered = [of(kind), of('late'), of('refused'), of('unanswered')];
    const figures = [number(sum.all), ...answered, of('again'), of('shared')];
    return [[model.lanes[lane], phase, ...figures, number(further), of('witnessed')]];
  });
  fill(body, rows, 2);
}

/** @param choose is called with the id of a request that a reader wants to see */
export function fillRequests(body, model, requests, choose) {
  const rows = requests.slice(0, ROWS).map((request) => {
    const { lane, phase } = model.series[request.series];
    const marks = [
      ...request.further.map(({ kind, after }) => `${model.further[kind]} after ${lengthText(after)}`),
      ...(request.isShared ? ['another client got the lease too, at any time'] : []),
      ...request.witnessed,
    ];
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = timeText(request.from, model.zero);
    button.addEventListener('click', () => choose(request));
    const who = [model.lanes[lane], `client ${request.client}, attempt ${request.attempt}`, phase];
    return [button, ...who, answerText(model, request), request.leases.join(', '), marks.join(', ')];
  });
  fill(body, rows, Infinity);
  return rows.length;
}

function fill(body, rows, firstFigure) {
  const heads = [...body.closest('table').tHead.rows[0].cells].map(({ textContent }) => textContent);
  body.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      cells.forEach((content, index) => {
        const cell = row.insertCell();
        cell.className = index >= firstFigure ? 'figures' : 'text';
        cell.dataset.head = heads[index];
        cell.append(content);
      });
      return row;
    }),
  );
}
