import { afterEach, expect, it, vi } from 'vitest';
import { styleFor } from './colour.js';
import { ANSI, PLAIN } from './style.js';

afterEach(() => vi.unstubAllEnvs());

it.each([
  [{}, true, ANSI],
  [{}, false, PLAIN],
  [{ NO_COLOR: '1' }, true, PLAIN],
  [{ NO_COLOR: '' }, true, ANSI],
  [{ TERM: 'dumb' }, true, PLAIN],
  [{ FORCE_COLOR: '1' }, false, ANSI],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, ANSI],
  [{ FORCE_COLOR: '0' }, true, PLAIN],
  [{ FORCE_COLOR: '' }, false, PLAIN],
])('%j on a terminal: %s', (env, isTTY, style) => {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(styleFor({ isTTY })).toBe(style);
});
