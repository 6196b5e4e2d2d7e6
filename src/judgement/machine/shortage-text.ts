import type { Check } from '../../results/check.js';
import type { MachineFigures, Shortage, ShortResource } from '../../results/resources.js';
import { USED_UP_PERCENT } from './machine.js';
import { percent } from './use-text.js';

/** The resources whose text is a whole sentence. */
const IN_FULL: readonly ShortResource[] = ['database', 'busy', 'unknown'];

/** Whether the text of a shortage is a whole sentence, which says more than what was short. */
export function isInFull({ resource }: Pick<Shortage, 'resource'>): boolean {
  return IN_FULL.includes(resource);
}

/** `in short supply: the machine's CPU: …; in short supply: …` */
export function shortageText(shortages: readonly Shortage[]): string {
  return shortages.map((one) => (isInFull(one) ? one.found : `in short supply: ${one.found}`)).join('; ');
}

/** What a check found, with what was short meanwhile. Nothing was short: only what it found. */
export function foundWhileShort(found: string, short: readonly Shortage[]): Pick<Check, 'actual' | 'short'> {
  if (short.length === 0) return { actual: found };
  const areBusy = short.every(({ resource }) => resource === 'busy');
  return {
    actual: `${found}${areBusy ? ', while ' : '; '}${shortageText(short)}`,
    short: { found, of: [...short] },
  };
}

/** `the machine's CPU: 97% busy at its peak`. Empty where the CPUs were used up throughout. */
export function peakText({ busyPercent, peakBusyPercent }: MachineFigures): string {
  return busyPercent >= USED_UP_PERCENT
    ? ''
    : `the machine's CPU: ${percent(peakBusyPercent)} busy at its peak`;
}
