import type { Shortage } from '../../../results/resources.js';
import type { Result } from '../../../results/result.js';
import { pausedText } from '../../../judgement/machine/flow-control.js';
import { busyText, isCpuShort } from '../../../judgement/machine/machine.js';
import { pausedNodes } from '../../../judgement/machine/short-resources.js';
import { isInFull, peakText } from '../../../judgement/machine/shortage-text.js';
import { lostText } from '../../../judgement/machine/sockets.js';

type Check = Result['checks'][number];

/**
 * A banner has room for what was short, and not for its figures. Where no CPU was left, the programs that used it stand
 * for all. What an earlier version found is left as it is.
 */
export function shortened(check: Check, result: Result): Check {
  if (!isForWant(check)) return check;
  const { found, of } = check.short;
  const machine = result.resources?.machine ?? null;
  const sentences = [found, ...of.filter(isInFull).map((one) => one.found)];
  if (machine !== null && isCpuShort(machine))
    return { ...check, actual: `${sentences.join('; ')}, while ${busyText(machine)}` };
  const wants = of.filter((one) => !isInFull(one));
  const lasting = wants.filter(({ resource }) => resource !== 'cpu');
  // A moment without a free CPU explains little beside something that was short throughout.
  const texts = (lasting.length === 0 ? wants : lasting).map((one) => brief(one, result));
  return { ...check, actual: [...sentences, ...texts.filter((text) => text !== '')].join('; ') };
}

/** A shortage without its heading: of the sockets the totals, of the CPU no users. */
function brief({ resource, found }: Shortage, { resources, sockets = [], accompanying }: Result): string {
  const machine = resources?.machine ?? null;
  if (resource === 'cpu') return (machine === null ? '' : peakText(machine)) || found;
  if (resource === 'sockets') return lostText(sockets) || found;
  // Every reason ends with the pauses of flow control.
  const paused = pausedNodes(pausedText(accompanying?.nodes ?? []));
  return paused.some((one) => one.found === found) ? '' : found;
}

/** Whether the check names what was short. Such a check says why the run can't tell, so it comes first. */
export function isForWant(check: Check): check is Check & { short: NonNullable<Check['short']> } {
  return check.short?.of.some((one) => !isInFull(one)) ?? false;
}
