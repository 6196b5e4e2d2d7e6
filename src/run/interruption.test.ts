import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted, Interruption, type InterruptSignal } from './interruption.js';

let interruption: Interruption;
beforeEach(() => {
  interruption = new Interruption();
  interruption.listen();
});
afterEach(() => interruption.ignore());

/** Emits the event of a signal. A real signal would end the tests if nobody listened. */
const come = (signal: InterruptSignal): void => void process.emit(signal, signal);

describe('an interruption', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('by %s aborts, and exits with %i', (by, exitCode) => {
    come(by);
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.interrupted).toMatchObject({ by, exitCode });
    expect(interruption.signal.reason).toBeInstanceOf(Interrupted);
  });

  it('happens once: the first signal counts', () => {
    let aborts = 0;
    interruption.signal.addEventListener('abort', () => aborts++);
    come('SIGTERM');
    come('SIGINT');
    come('SIGTERM');
    expect(aborts).toBe(1);
    expect(interruption.interrupted).toMatchObject({ by: 'SIGTERM' });
  });

  it('has not happened before a signal comes', () => {
    expect(interruption.signal.aborted).toBe(false);
    expect(interruption.interrupted).toBeUndefined();
  });

  it('can be ignored', () => {
    const listening = process.listenerCount('SIGHUP');
    interruption.ignore();
    expect(process.listenerCount('SIGHUP')).toBe(listening - 1);
  });
});
