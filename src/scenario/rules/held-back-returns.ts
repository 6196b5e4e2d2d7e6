import { CLIENTS } from '../../faults/links.js';
import { linkRulesOf } from '../fault-links.js';
import type { Finding } from '../language/problems.js';
import type { Fault } from '../schema/faults.js';
import type { Scenario } from '../schema.js';
import { faultFinding } from './fault-finding.js';
import { isLater } from './fault-moments.js';

/**
 * A client gives its lease back, and later has it again. A RELEASE or DECLINE that is held back until then ends the lease
 * that the client has by then: DHCPv4 servers don't answer it, and nobody can tell. So nothing may be held back for longer
 * than clients stay away.
 */
export function heldBackReturns(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { life } = scenario.load;
  const { releasePerServer = 0, declinePerServer = 0, returnDelayMs: [awayMs] = [0] } = life ?? {};
  if (releasePerServer + declinePerServer === 0 || heldBackMs(fault, scenario) === 0) return [];
  const lateMs = (scenario.faults ?? [])
    .filter((other) => other === fault || mayOverlap(fault, other))
    .reduce((sum, other) => sum + heldBackMs(other, scenario), 0);
  if (lateMs < awayMs) return [];
  return faultFinding(
    index,
    'ms',
    `faults.${index}.ms: messages to servers are held back for up to ${lateMs} ms, and clients that give their lease back may return after ${awayMs} ms: their RELEASE would end the lease that they have by then`,
    `hold them back for less than ${awayMs} ms, raise load.life.returnDelayMs, or leave load.life.releasePerServer and declinePerServer out`,
    [['load', 'life', 'returnDelayMs']],
  );
}

/** For how long a fault holds messages of clients back, milliseconds. */
function heldBackMs(fault: Fault, scenario: Scenario): number {
  if (fault.ms === undefined) return 0;
  const isToServers = linkRulesOf(fault, scenario).some(({ from }) => from === CLIENTS);
  return isToServers ? fault.ms : 0;
}

/** Whether two faults may be active at the same time, as far as their moments tell. */
function mayOverlap(one: Fault, other: Fault): boolean {
  const isOver = (first: Fault, second: Fault): boolean =>
    first.undo !== undefined && isLater(first.undo, second.at) === false;
  return !isOver(one, other) && !isOver(other, one);
}
