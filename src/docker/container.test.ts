import { expect, it } from 'vitest';
import { howItEnded } from './container.js';

it.each([
  [0, false, 'exit code 0'],
  [1, false, 'exit code 1'],
  [127, false, 'exit code 127'],
  [137, false, 'signal SIGKILL'],
  [137, true, 'signal SIGKILL, out of memory'],
  [139, false, 'signal SIGSEGV'],
  [255, false, 'exit code 255'],
])('says how a container ended: code %i, out of memory %s', (ExitCode, OOMKilled, words) => {
  expect(howItEnded({ ExitCode, OOMKilled })).toBe(words);
});
