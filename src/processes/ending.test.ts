import { expect, it } from 'vitest';
import { endingInWords, wasKilled, type Ending } from './ending.js';

it.each<[Ending & { how: string }, boolean, string, string]>([
  [{ signal: 'SIGKILL', how: 'signal SIGKILL' }, true, 'was killed', 'SIGKILL'],
  [{ signal: 'SIGKILL', how: 'signal SIGKILL, out of memory' }, true, 'was killed', 'SIGKILL, out of memory'],
  [{ signal: 'SIGTERM', how: 'signal SIGTERM' }, true, 'was killed', 'SIGTERM'],
  [{ signal: 'SIGSEGV', how: 'signal SIGSEGV' }, false, 'crashed', 'SIGSEGV'],
  [{ signal: 'SIGABRT', how: 'signal SIGABRT' }, false, 'crashed', 'SIGABRT'],
  [{ exitCode: 1, how: 'exit code 1' }, false, 'ended', 'exit code 1'],
  // Evidence of earlier versions has neither signal nor exit code.
  [{ how: 'signal SIGKILL' }, false, 'ended', 'signal SIGKILL'],
])('tells whether a program was killed, crashed or ended: %j', (ending, killed, verb, way) => {
  expect(wasKilled(ending)).toBe(killed);
  expect(endingInWords(ending)).toEqual({ verb, way });
});
