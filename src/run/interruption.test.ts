import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted, Interruption, type InterruptSignal } from './interruption.js';

let interruption: Interruption;
beforeEach(() => {
  interruption = new Interruption();
  interruption.listen();
});
afterEach(() => interruption.ignore());

/** As if the signal had come, without ending the tests should nobody listen. */
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

  it('is none before a signal came', () => {
    expect(interruption.signal.aborted).toBe(false);
    expect(interruption.interrupted).toBeUndefined();
  });

  it('is no longer listened for when ignored', () => {
    const listening = process.listenerCount('SIGHUP');
    interruption.ignore();
    expect(process.listenerCount('SIGHUP')).toBe(listening - 1);
  });
});
