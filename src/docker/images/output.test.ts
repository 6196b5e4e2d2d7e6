import { Readable } from 'node:stream';
import { expect, test } from 'vitest';

import { readOutput, type EngineEvent } from './output.js';

test('lines are put together from whatever pieces come', async () => {
  const text = '{"stream":"Step 1"}\n{"stream":"/2\\nrun\\n"}\n{"status":"ignored"}\n';
  const pieces = Array.from({ length: Math.ceil(text.length / 7) }, (_, n) => text.slice(n * 7, n * 7 + 7));
  const events: EngineEvent[] = [];
  const output = await readOutput(Readable.from(pieces), (event) => events.push(event));
  expect(output).toEqual({ lines: ['Step 1/2', 'run'], error: undefined });
  expect(events).toHaveLength(3);
});

test('an error is kept with the last lines before it', async () => {
  const lines = Array.from({ length: 40 }, (_, n) => JSON.stringify({ stream: `line ${n + 1}\n` }));
  const output = await readOutput(Readable.from([[...lines, '{"error":"it broke"}'].join('\n')]));
  expect(output.error).toBe('it broke');
  expect(output.lines.at(-1)).toBe('line 40');
  expect(output.lines.length).toBeLessThanOrEqual(12);
});
