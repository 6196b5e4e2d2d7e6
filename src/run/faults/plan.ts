import { allLacking } from '../../faults/links.js';
import { isOfLinks } from '../../faults/index.js';
import { lackingIn, linkRulesOf } from '../../scenario/fault-links.js';
import { onText, targetNames } from '../../scenario/fault-plan.js';
import type { Scenario } from '../../scenario/schema.js';
import { drawFaults } from './draw.js';
import type { PlannedFault } from './driver.js';

/** The faults of a run: those that the scenario states, then those that the run's seed draws. */
export function planFaults(scenario: Scenario, seed: number): PlannedFault[] {
  const { faults: stated = [], randomFaults } = scenario;
  const drawn = randomFaults === undefined ? [] : drawFaults(randomFaults, scenario, seed);
  return [
    ...stated.map((fault) => ({ fault, inTurn: false })),
    ...drawn.map((fault, index) => ({ fault, inTurn: index > 0 })),
  ].map(({ fault, inTurn }): PlannedFault => {
    const on = onText(fault);
    if (!isOfLinks(fault)) return { ...fault, on, targets: targetNames(on, scenario), inTurn };
    const links = linkRulesOf(fault, scenario);
    return { ...fault, on, links, targets: allLacking(lackingIn(links, scenario)), inTurn };
  });
}
