import { ANSI, PLAIN, type Style } from './style.js';

/** Colours for a terminal that has not asked to be left without (https://no-color.org). */
export function styleFor(stream: { isTTY?: boolean }): Style {
  const { NO_COLOR, TERM } = process.env;
  const isPlain = stream.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return isPlain ? PLAIN : ANSI;
}
