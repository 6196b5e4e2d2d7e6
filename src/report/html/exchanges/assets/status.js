// What the page says of the view as a whole, and which clients a reader wants to see.
import { estimated } from './columns.js';
import { number } from './words.js';
import { viewText } from './view.js';

/** Up to this many requests of a view are loaded. */
export const LOADED_UP_TO = 40_000;

export function statusText(model, view, { requests, columns, tracks, gone = [], isAwaited, omitted = 0 }) {
  const span = viewText(view, model.zero);
  const sentences = [
    tracks === undefined
      ? `${span}: columns of ${widthText(columns.width)}.`
      : `${span}: ${number(requests.length)} requests, each a bar.`,
  ];
  if (isAwaited) sentences.push('Loading single requests …');
  else if (gone.length > 0)
    sentences.push(
      'Single requests are missing: the folder “timeline” must lie beside this page, as the run wrote it.',
    );
  else if (requests === undefined) sentences.push(whyNoneText(model, view));
  else if (tracks === undefined) sentences.push('Zoom in to see each request.');
  if (omitted > 0) sentences.push('Requests that began long before and were still open are not drawn.');
  return sentences.join(' ');
}

function whyNoneText(model, view) {
  return estimated(model, view) > LOADED_UP_TO || model.withoutText === ''
    ? 'Zoom in for single requests.'
    : model.withoutText;
}

function widthText(us) {
  return us >= 1e6 ? `${+(us / 1e6).toPrecision(3)} s` : `${+(us / 1e3).toPrecision(3)} ms`;
}

/**
 * Whether a request is of the clients that a reader wants to see. Clients of different cases have the same numbers.
 *
 * @param wanted such as `7`, `5, 9`, or `dhcp4: 5, 9`; empty for all
 */
export function chooserOf(model, wanted) {
  const [, ofCase, numbers = ''] = /^(?:(.*):)?([^:]*)$/.exec(wanted) ?? [];
  const clients = new Set(numbers.split(/[\s,]+/).filter((one) => one !== ''));
  return ({ client, series }) =>
    clients.size === 0 ||
    (clients.has(String(client)) &&
      (ofCase === undefined || model.cases[model.series[series].lane] === ofCase.trim()));
}
