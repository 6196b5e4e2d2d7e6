import type { Result } from '../../results/result.js';
import type { TransportFigures } from '../../results/transport.js';

const HOW: Readonly<Record<TransportFigures['name'], string>> = {
  native: 'batched system calls; arrivals by the time of the kernel',
  dgram: 'node:dgram; an answer has arrived when this program has read it, up to a millisecond or two late',
};

/** How the load's datagrams left and arrived; undefined where this program did not drive the load. */
export function transportText({ transport }: Pick<Result, 'transport'>): string | undefined {
  if (transport === undefined) return undefined;
  const { name, instead, lacking } = transport;
  const why = instead === undefined ? '' : ` (batched system calls can't be had: ${instead})`;
  return `${HOW[name]}${why}${lacking === undefined ? '' : `; ${lacking}`}`;
}

/** What the machine's clock did during the load, a sentence for each time that it was set. */
export function clockStepSentences({ transport }: Pick<Result, 'transport'>): string[] {
  return (transport?.clockSteps ?? []).map(
    ({ atUs, byMs }) =>
      `The clock of this machine was set ${byMs < 0 ? 'back' : 'forward'} by ${Math.abs(byMs)} ms, ` +
      `${(atUs / 1_000_000).toFixed(1)} s after the run's start. The times of the load are not affected; ` +
      'those in logs and lease tables are.',
  );
}
