import { counted, number, shown } from '../../numbers.js';
import { isGiven } from '../run-words.js';
import type { Scenario } from '../schema.js';
import { clientsOfServer, type Stage } from '../stages.js';

type Load = Scenario['load'];

/** If there are more stages, the text gives only their number. */
const LISTED_STAGES = 3;

/**
 * The load of each server in words: `119 clients, 1 a second, aligned`; `1,500 clients, 50 a second for 30 s,
 * aligned`.
 */
export function loadText(load: Load): string {
  const { arrival, burstSize, life } = load;
  const clients = counted(clientsOfServer(load), 'client', 'clients');
  const begin =
    arrival === 'avalanche'
      ? `${clients} at once`
      : `${clients}, ${paceText(load)}, ${arrival === 'burst' ? `in groups of ${number(burstSize)}` : arrival}`;
  return life === undefined ? begin : `${begin}, then ${number(life.seconds)} s of life`;
}

function paceText({ stages, ratePerServer }: Load): string {
  if (stages === undefined) return `${rateText(ratePerServer)} a second`;
  return stages.length > LISTED_STAGES ? `in ${stages.length} stages` : stages.map(stageText).join(', ');
}

export function stageText({ ratePerServer, seconds }: Stage): string {
  return `${[ratePerServer].flat().map(rateText).join(' to ')} a second for ${number(seconds)} s`;
}

/**
 * Describes a run in one line: the scenario's description of the experiment, and the load of this run, which settings
 * may change. An example is `… (--quick, each server: 119 clients, 10 a second, aligned)`.
 *
 * @param argv the words of the command line
 */
export function describedRun({ description, load }: Scenario, argv: readonly string[]): string {
  const quick = isGiven('quick', argv) ? '--quick, ' : '';
  return `${description} (${quick}each server: ${loadText(load)})`;
}

/** To a thousandth of the rate. */
function rateText(perSecond: number): string {
  return shown(perSecond, 'ratio', (rounded) => Math.abs(rounded - perSecond) <= perSecond / 1_000);
}
