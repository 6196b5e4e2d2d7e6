import type { FaultFigures, FaultsResult } from '../../../results/faults.js';
import { faultSentence, faultWords } from '../../words/faults.js';
import type { FaultPart } from '../charts/time-axis.js';
import { html, type Markup } from '../markup.js';
import { partsOf } from './axis.js';
import { stretch, textIn } from './lane.js';

/** The height of the faults at the top of a lane, with the space below them. */
export const OWN_FAULTS_HEIGHT = 19;

/** Whether anything was done to a node or server. */
export function hasFaults({ faults }: FaultsResult, name: string): boolean {
  return faults.some(({ targets, beganAtMs }) => beganAtMs !== null && targets.includes(name));
}

/** What was done to a node or server, at the top of its lane. */
export function ownFaults({ faults }: FaultsResult, name: string, lengthMs: number): Markup {
  const own = faults.flatMap((fault, index) =>
    fault.targets.includes(name) && fault.beganAtMs !== null
      ? drawn(fault, faults.length === 1 ? '' : String(index + 1), lengthMs)
      : [],
  );
  return html`${own}`;
}

/** @param number as in the charts over time; empty for a single fault */
function drawn(fault: FaultFigures, number: string, lengthMs: number): Markup {
  const { done, undone } = faultWords(fault);
  const texts = (part: FaultPart): string[] => {
    if (part.look === 'in-place') return number === '' ? [done] : [`${number} ${done}`, number];
    return part.fromMs === fault.undoBeganAtMs ? [undone] : [];
  };
  return html`<g class="mark own-fault"
    ><title>${faultSentence(fault)}</title
    >${partsOf(fault, lengthMs).map(
      (part) =>
        html`<rect class="${part.look}" ${stretch(part, lengthMs)} y="2" height="15" />${textIn(
          texts(part),
          part,
          lengthMs,
          { y: 13.5, look: part.look === 'in-place' ? ' on-fault' : '' },
        )}`,
    )}</g
  >`;
}
