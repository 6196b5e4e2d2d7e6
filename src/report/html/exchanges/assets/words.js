// What the page says of a request, and of many.

const SECOND = 1e6;

/** The time on the axis, such as `12.345678 s`. */
export function timeText(us, zero) {
  return `${((us - zero) / SECOND).toFixed(6)} s`;
}

/** Such as `0.42 ms`, `8.7 ms`, `1,204 ms`. */
export function lengthText(us) {
  const ms = us / 1_000;
  const digits = ms >= 100 ? 0 : ms >= 1 ? 1 : 2;
  return `${ms.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}

/** Such as `lease after 2.3 ms`. */
export function answerText(model, request) {
  const outcome = model.outcomes[request.outcome];
  const { isSilent } = model.series[request.series];
  if (isSilent && outcome === 'timeout') return 'no answer is due';
  const took = Number.isFinite(request.until) ? lengthText(request.until - request.from) : undefined;
  const why = request.reason === '' ? '' : ` (${request.reason})`;
  if (outcome === 'timeout') {
    if (took === undefined) return 'no answer before the end';
    return `no answer within ${took}${why === '' ? '' : `; a refusal came later${why}`}`;
  }
  const words = `${model.outcomeWords[request.outcome]}${why}${outcome === 'late' ? ':' : ''}`;
  return `${words}${took === undefined ? '' : ` after ${took}`}`;
}

/** All that is known of a request, a fact a line. */
export function linesOf(model, request) {
  const { lane, phase } = model.series[request.series];
  return [
    `${model.lanes[lane]}, client ${request.client}, attempt ${request.attempt}`,
    `${phase} sent at ${timeText(request.from, model.zero)}`,
    answerText(model, request),
    ...request.leases,
    ...(request.isShared
      ? ['another client got the lease too in this phase, at the same time or at another']
      : []),
    ...request.further.map(
      ({ kind, after, lease }) =>
        `${model.further[kind]} after ${lengthText(after)}${lease === '' ? '' : `: ${lease}`}`,
    ),
    ...request.witnessed.map((kind) => `witness: ${kind}`),
  ];
}

const LAYER_WORDS = {
  commit: 'got a lease',
  renew: 'prolonged a lease',
  back: 'gave a lease back',
  offer: 'got an offer',
  refused: 'refused',
  late: 'answered late',
  unanswered: 'unanswered',
  again: 'sent again',
  shared: 'with a lease that another client got too, at any time',
  witnessed: 'named by a witness',
  further: 'further or strange answers',
  unmatched: 'answers to no known request',
};

/** Such as `12.0–12.2 s: 34 requests; 30 got a lease; 4 refused`. */
export function columnLines(column, span) {
  const parts = Object.entries(LAYER_WORDS).filter(([layer]) => (column[layer] ?? 0) > 0);
  return [
    `${span}: ${number(column.all)} requests`,
    ...parts.map(([layer, words]) => `${number(column[layer])} ${words}`),
  ];
}

export function number(value) {
  return value.toLocaleString('en-US');
}
