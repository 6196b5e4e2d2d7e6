import { ANSI, PLAIN, type Style } from './style.js';

/**
 * ANSI colours for a terminal, unless the user refuses them with `NO_COLOR` (https://no-color.org) or `TERM` is
 * `dumb`. If `FORCE_COLOR` is set, it alone decides, as in Node.js: some logs show colours and are no terminal.
 */
export function styleFor(stream: { isTTY?: boolean }): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') {
    return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? PLAIN : ANSI;
  }
  const isPlain = stream.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return isPlain ? PLAIN : ANSI;
}
