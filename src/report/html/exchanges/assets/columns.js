// Counts requests in columns of time, for a view with too many requests to draw each. Nothing here touches the page.

/** The layers of a column from below. The kinds of phases come first, for requests that got what they asked for. */
export const LAYERS = ['commit', 'renew', 'back', 'offer', 'refused', 'late', 'unanswered'];

/** The layer of a request: the second is its series, `outcome` the name of its outcome. */
export function layerOf({ answered }, { kind, isSilent }, outcome) {
  const how = answered[outcome];
  return how === 'inTime' || isSilent ? kind : how;
}

/**
 * Columns of the run's bins: `joined` bins make one column.
 *
 * @returns for each lane its columns, with the count of each layer and of marks
 */
export function columnsOfBins(model, { from, until }, joined) {
  const { bins, series, lanes, outcomes } = model;
  const width = bins.bin * joined;
  const first = Math.max(0, Math.floor((from - bins.from) / width));
  const last = Math.min(Math.ceil(bins.length / joined) - 1, Math.floor((until - bins.from) / width));
  const columns = emptyColumns(lanes.length, Math.max(0, last - first + 1), bins.from + first * width, width);
  bins.series.forEach((counts, place) => {
    const its = series[place];
    const own = columns.lanes[its.lane];
    for (const [what, values] of Object.entries(counts)) {
      const layer = outcomes.includes(what) ? layerOf(model, its, what) : what;
      own.forEach((column, index) => {
        const at = (first + index) * joined;
        for (let bin = at; bin < Math.min(at + joined, values.length); bin++) add(column, layer, values[bin]);
      });
    }
  });
  return columns;
}

/** Columns of single requests, each as wide as `width` microseconds. */
export function columnsOfRequests(model, requests, { from, until }, width) {
  const { series, lanes, outcomes } = model;
  const start = Math.floor(from / width) * width;
  const columns = emptyColumns(lanes.length, Math.ceil((until - start) / width), start, width);
  for (const request of requests) {
    const its = series[request.series];
    const column = columns.lanes[its.lane][Math.floor((request.from - start) / width)];
    if (column === undefined) continue;
    add(column, layerOf(model, its, outcomes[request.outcome]), 1);
    if (request.witnessed.length > 0) add(column, 'witnessed', 1);
    if (request.isShared) add(column, 'shared', 1);
    for (const { kind } of request.further) add(column, kind === 0 ? 'again' : 'further', 1);
  }
  return columns;
}

/** How many requests began in a view, as far as the bins tell. */
export function estimated({ bins, outcomes }, { from, until }) {
  let sum = 0;
  const place = (us) => (us - bins.from) / bins.bin;
  const [first, last] = [Math.max(0, place(from)), Math.min(bins.length, place(until))];
  for (const counts of bins.series)
    for (const outcome of outcomes) {
      const values = counts[outcome] ?? [];
      for (let bin = Math.floor(first); bin < last; bin++)
        sum += (values[bin] ?? 0) * (Math.min(bin + 1, last) - Math.max(bin, first));
    }
  return sum;
}

function emptyColumns(lanes, count, from, width) {
  return {
    from,
    width,
    lanes: Array.from({ length: lanes }, () => Array.from({ length: count }, () => ({ all: 0 }))),
  };
}

function add(column, layer, count) {
  if (count === 0) return;
  column[layer] = (column[layer] ?? 0) + count;
  if (LAYERS.includes(layer)) column.all += count;
}
