import type { FaultKind } from './fault.js';

/** As an operator who updates one machine after the other. */
export const ROLLING_RESTART: FaultKind = {
  meaning: 'ends each in order with SIGTERM and starts it again, one after the other',
  done: 'restarted one after the other',
  of: ['nodes', 'servers'],
  needs: ['stop', 'start'],
  async begin(targets, signal) {
    for (const { stop, start } of targets) {
      signal.throwIfAborted();
      await stop?.();
      await start?.(signal);
    }
  },
};
