import { describe, expect, it } from 'vitest';
import { Cleanup } from './cleanup.js';

describe('cleaning up', () => {
  it('closes what was opened, newest first, each before the next', async () => {
    const cleanup = new Cleanup();
    const closed: string[] = [];
    cleanup.push('first', () => void closed.push('first'));
    cleanup.push('second', async () => {
      await Promise.resolve();
      closed.push('second');
    });
    cleanup.push('third', () => void closed.push('third'));
    expect(await cleanup.close()).toEqual([]);
    expect(closed).toEqual(['third', 'second', 'first']);
  });

  it('goes on after a failure, and reports each failure', async () => {
    const cleanup = new Cleanup();
    const closed: string[] = [];
    const [error, other] = [new Error('one'), new Error('other')];
    cleanup.push('first', () => void closed.push('first'));
    cleanup.push('second', () => {
      throw error;
    });
    cleanup.push('third', () => Promise.reject(other));
    expect(await cleanup.close()).toEqual([
      { what: 'third', error: other },
      { what: 'second', error },
    ]);
    expect(closed).toEqual(['first']);
  });

  it('happens once: a second call waits for the first', async () => {
    const cleanup = new Cleanup();
    let times = 0;
    cleanup.push('once', async () => {
      await Promise.resolve();
      times++;
    });
    const [one, other] = [cleanup.close(), cleanup.close()];
    expect(await one).toBe(await other);
    await cleanup.close();
    expect(times).toBe(1);
  });

  it('also closes what is opened during the cleanup', async () => {
    const cleanup = new Cleanup();
    const closed: string[] = [];
    cleanup.push('outer', () => cleanup.push('inner', () => void closed.push('inner')));
    await cleanup.close();
    expect(closed).toEqual(['inner']);
  });
});
