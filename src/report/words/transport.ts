import { number, secondsOf } from '../../numbers.js';
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

/** A program that keeps a machine's clock right may set it ten times a second. */
const TOLD_ONE_BY_ONE = 3;
const CONSEQUENCE = 'The times of the load are not affected; those in logs and lease tables are.';

/** What the machine's clock did during the load: a sentence for each time that it was set, or one for very many. */
export function clockStepSentences({ transport }: Pick<Result, 'transport'>): string[] {
  const steps = transport?.clockSteps ?? [];
  const [first] = steps;
  if (first === undefined) return [];
  if (steps.length <= TOLD_ONE_BY_ONE)
    return steps.map((step) => `The clock of this machine was set ${stepText(step)}. ${CONSEQUENCE}`);
  const most = steps.reduce((one, other) => (Math.abs(other.byMs) > Math.abs(one.byMs) ? other : one), first);
  const sumMs = steps.reduce((sum, { byMs }) => sum + byMs, 0);
  return [
    `The clock of this machine was set ${number(steps.length)} times, ${byText(sumMs)} in all, the most ${stepText(most)}. ${CONSEQUENCE}`,
  ];
}

function stepText({ atUs, byMs }: { atUs: number; byMs: number }): string {
  return `${byText(byMs)}, ${secondsOf(atUs)} after the run's start`;
}

/** `forward by 0.5 ms` */
function byText(ms: number): string {
  return `${ms < 0 ? 'back' : 'forward'} by ${Math.round(Math.abs(ms) * 1_000) / 1_000} ms`;
}
