import { ANSI, PLAIN, type Style } from './style.js';

/**
 * Colours for a terminal that has not asked to be left without (https://no-color.org). `FORCE_COLOR` decides where it is
 * set, for logs that show colours and are no terminal, as it does for Node.js itself.
 */
export function styleFor(stream: { isTTY?: boolean }): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') {
    return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? PLAIN : ANSI;
  }
  const isPlain = stream.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return isPlain ? PLAIN : ANSI;
}
