import type { LoadPlan } from '../load/run-load.js';
import type { Scenario } from '../scenario/schema.js';
import { clientsOfServer } from '../scenario/stages.js';

/** The load in a sentence, before it begins. */
export function describeLoad({ load, cases }: Scenario, { layout, offered }: LoadPlan): string {
  const servers = layout.cases[0]?.servers.length ?? 0;
  const seconds = Math.max(...offered.map(({ plannedDurationUs }) => plannedDurationUs)) / 1_000_000;
  const life = load.life === undefined ? '' : `, then ${load.life.seconds} s of life with them`;
  return (
    `Driving ${cases.join(', ')}: ${load.fanout === 'all' ? 'at all' : 'on each of'} ${servers} servers ${clientsOfServer(load)} clients, ` +
    `${pace(load)}, ${load.arrival}; about ${Math.ceil(seconds)} s${life}`
  );
}

function pace({ arrival, stages, ratePerServer }: Scenario['load']): string {
  if (arrival === 'avalanche') return 'all at once';
  if (stages === undefined) return `${ratePerServer} a second`;
  const [only, ...others] = stages;
  return others.length === 0 && typeof only?.ratePerServer === 'number'
    ? `${only.ratePerServer} a second`
    : `in ${stages.length} stages`;
}
