import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventFile } from './event-file.js';
import { eventSchema, STAGES, type NewRunEvent, type RunEvent } from './schema.js';
import { progressEvents, Stages } from './stages.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'klc-events-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const started = { type: 'run-started', run: 'a', scenario: 'plain' } as const;

describe('the file of events', () => {
  it('has each event at once, one a line, valid by its schema', () => {
    const path = join(directory, 'events.jsonl');
    const file = new EventFile(path, () => undefined);
    file.tell(started);
    expect(eventSchema.parse(JSON.parse(readFileSync(path, 'utf8')))).toMatchObject(started);
    file.tell({ type: 'stage-ended', run: 'a', scenario: 'a\nb', stage: 'load', seconds: 1.5 });
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    file.close();
    new EventFile(path, () => undefined).close();
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it.each([
    ['-', 'USAGE'],
    ['/nowhere/events', 'STORAGE'],
  ])('%s is refused', (path, code) => {
    expect(() => new EventFile(path, () => undefined)).toThrow(
      expect.objectContaining({ code, hint: expect.any(String) as string }) as Error,
    );
  });

  it('on a full disk says so once and ends nothing', () => {
    const said: string[] = [];
    const file = new EventFile('/dev/full', (text) => said.push(text));
    for (let again = 0; again < 3; again++) file.tell(started);
    expect(said).toEqual([
      expect.stringMatching(/^\/dev\/full can't be written, so no more events go there: no space left/),
    ]);
  });
});

describe('stages', () => {
  it('follow one another, each with its end and its duration, also in the log', () => {
    const events: NewRunEvent[] = [];
    const details: string[] = [];
    const clock = { nowMs: 0 };
    const stages = new Stages(
      (event) => events.push(event),
      (text) => details.push(text),
      () => clock.nowMs,
    );
    stages.enter('cluster');
    clock.nowMs = 1_500;
    stages.enter('load');
    clock.nowMs = 2_000;
    stages.end();
    stages.end();
    expect(events).toEqual([
      { type: 'stage-started', stage: 'cluster' },
      { type: 'stage-ended', stage: 'cluster', seconds: 1.5 },
      { type: 'stage-started', stage: 'load' },
      { type: 'stage-ended', stage: 'load', seconds: 0.5 },
    ]);
    expect(details).toEqual(['cluster: 1.5 s', 'load: 0.5 s']);
  });
});

it('progress is told about once a second, however often it comes', () => {
  const events: NewRunEvent[] = [];
  const clock = { nowMs: 0 };
  const progress = progressEvents(
    (event) => events.push(event),
    () => clock.nowMs,
  );
  for (; clock.nowMs <= 2_000; clock.nowMs += 250) progress([], 3.14159);
  expect(events).toEqual(Array(3).fill({ type: 'progress', secondsLeft: 3.1, cases: [] }));
});

it('docs/events.md names every type and every stage', () => {
  const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
  const types = eventSchema.options.map(({ shape }): RunEvent['type'] => shape.type.value);
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...types, ...STAGES].sort());
  for (const line of page.match(/^\{.*\}$/gm) ?? []) eventSchema.parse(JSON.parse(line));
});
