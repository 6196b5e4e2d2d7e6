import type { LoadPlan } from '../load/plan-load.js';
import { loadText } from '../scenario/language/load-text.js';
import type { Scenario } from '../scenario/schema.js';

/** Describes the load in one sentence, before it begins. */
export function describeLoad({ load, cases }: Scenario, { layout, offered }: LoadPlan): string {
  const servers = layout.cases[0]?.servers.length ?? 0;
  const seconds = Math.max(...offered.map(({ plannedDurationUs }) => plannedDurationUs)) / 1_000_000;
  const where = `${load.fanout === 'all' ? 'at all' : 'on each of'} ${servers} servers`;
  return `Driving ${cases.join(', ')}: ${where} ${loadText(load)}; the starts take about ${Math.ceil(seconds)} s`;
}
