import type { Shortage } from '../../../results/resources.js';
import type { Result } from '../../../results/result.js';
import { busyText, isCpuShort } from '../../../judgement/machine/machine.js';
import { lostText } from '../../../judgement/machine/sockets.js';

type Check = Result['checks'][number];

const SHORT = '; in short supply: ';

/**
 * A banner has room for what was short, and not for its figures. Where no CPU was left, the programs that used it stand
 * for all.
 */
export function shortened(check: Check, { resources, short = [], sockets = [] }: Result): Check {
  const machine = resources?.machine ?? null;
  const [found = '', ...wants] = check.actual.split(SHORT);
  if (wants.length === 0) return check;
  if (isCpuShort(machine) && machine !== null)
    return { ...check, actual: `${found}, while ${busyText(machine)}` };
  const told = wants.map((want) => short.find(({ found: text }) => want.startsWith(text)) ?? want);
  const lasting = told.filter((one) => typeof one === 'string' || one.resource !== 'cpu');
  // A moment without a free CPU explains little beside something that was short throughout.
  const texts = (lasting.length === 0 ? told : lasting).map((one) =>
    typeof one === 'string' ? one : brief(one, sockets),
  );
  return { ...check, actual: [found, ...texts.filter((text) => text !== '')].join('; ') };
}

/** A shortage without its heading: of the sockets the totals, of the CPU no users. */
function brief({ resource, found }: Shortage, sockets: NonNullable<Result['sockets']>): string {
  if (resource === 'cpu') return found.split('; ')[0] ?? found;
  if (resource === 'sockets') return lostText(sockets) || found;
  // Every reason ends with the pauses of flow control.
  return resource === 'nodes' && found.includes('flow control') ? '' : found;
}

/** Whether the check names what was short. Such a check says why the run can't tell, so it comes first. */
export function isForWant({ actual }: Check): boolean {
  return actual.includes(SHORT);
}
