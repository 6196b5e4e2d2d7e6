import { describe, expect, it } from 'vitest';
import { ROLLING_RESTART } from './rolling-restart.js';

const restart = async (signal: AbortController, afterEach: () => void = () => undefined) => {
  const done: string[] = [];
  const targets = ['node-1', 'node-2'].map((name) => ({
    stop: () => Promise.resolve(void done.push(`stop ${name}`)),
    start: () => {
      done.push(`start ${name}`);
      afterEach();
      return Promise.resolve();
    },
  }));
  const outcome = await ROLLING_RESTART.begin(targets, signal.signal).then(
    () => 'done',
    () => 'ended early',
  );
  return { done, outcome };
};

describe('a rolling restart', () => {
  it('stops no node before the one before it serves again', async () => {
    expect(await restart(new AbortController())).toEqual({
      done: ['stop node-1', 'start node-1', 'stop node-2', 'start node-2'],
      outcome: 'done',
    });
  });

  it('stops no further node when the run must end', async () => {
    const signal = new AbortController();
    expect(await restart(signal, () => signal.abort())).toEqual({
      done: ['stop node-1', 'start node-1'],
      outcome: 'ended early',
    });
  });
});
