import { describe, expect, it } from 'vitest';
import type { Running } from '../processes/running.js';
import { attempt, attemptOfTheLiving } from './attempt.js';

const running = new AbortController().signal;

describe('an attempt to read evidence', () => {
  it('returns what was seen', async () => {
    expect(await attempt(() => Promise.resolve(7), { timeoutMs: 1_000, signal: running })).toEqual({
      seen: 7,
    });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('refused'))],
    [
      'throws at once',
      () => {
        throw new Error('refused');
      },
    ],
  ])('says why there is no answer where it %s', async (_how, ask) => {
    expect(await attempt(ask, { timeoutMs: 1_000, signal: running })).toEqual({ failed: 'refused' });
  });

  it('waits no longer than its timeout, and then aborts the signal of whom it asked', async () => {
    let told = false;
    const never = (cut: AbortSignal) => {
      cut.addEventListener('abort', () => (told = true));
      return new Promise<never>(() => undefined);
    };
    const seen = await attempt(never, { timeoutMs: 20, signal: running });
    expect(seen).toEqual({ failed: 'no answer within 0.02 s' });
    expect(told).toBe(true);
  });

  it('is given up when the run is ended, and not made after that', async () => {
    const run = new AbortController();
    const asked = attempt(() => new Promise<never>(() => undefined), {
      timeoutMs: 60_000,
      signal: run.signal,
    });
    run.abort();
    expect(await asked).toEqual({ failed: 'no answer before the run was ended' });
    expect(await attempt(() => Promise.resolve(7), { timeoutMs: 60_000, signal: run.signal })).toEqual({
      failed: 'not asked: the run was ended',
    });
  });
});

describe('an attempt of the living', () => {
  const OPTIONS = { timeoutMs: 60_000, signal: running };
  const alive = (name: string): Running => ({
    name,
    logFile: 'log',
    ended: new Promise(() => undefined),
    asked: false,
    how: undefined,
    ending: undefined,
    lastLines: () => [],
  });
  const dead = (name: string): Running => ({
    ...alive(name),
    ended: Promise.resolve(),
    how: 'signal SIGKILL',
    ending: { signal: 'SIGKILL' },
  });

  it('asks what is alive, and what may be alive', async () => {
    const asked = attemptOfTheLiving([alive('server'), undefined], () => Promise.resolve(7), OPTIONS);
    expect(await asked).toEqual({ seen: 7 });
  });

  it('does not ask what has died, or what needs it to answer', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    expect(await attemptOfTheLiving([dead('server')], ask, OPTIONS)).toMatchObject({ died: 'server' });
    const needed = [alive('server'), dead('node')];
    expect(await attemptOfTheLiving(needed, ask, OPTIONS)).toMatchObject({ died: 'node' });
  });

  it('reports a death also if it happens while the question is open', async () => {
    let die: () => void = () => undefined;
    const dying = { ...alive('server'), ended: new Promise<void>((resolve) => (die = resolve)) };
    const ask = (): Promise<never> => {
      setImmediate(() => {
        Object.assign(dying, { ending: { exitCode: 1 } });
        die();
      });
      return Promise.reject(new Error('reset'));
    };
    expect(await attemptOfTheLiving([dying], ask, OPTIONS)).toMatchObject({ died: 'server' });
  });

  it('does not report as died what was asked to end', async () => {
    const ended = { ...dead('server'), asked: true };
    expect(await attemptOfTheLiving([ended], () => Promise.resolve(7), OPTIONS)).toEqual({ seen: 7 });
  });
});
