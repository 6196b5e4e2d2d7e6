import { countOf, isOfNodes, targetOf } from '../fault-plan.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';

/**
 * A target that is not there.
 *
 * @param path where the scenario names the target
 */
export function unknownTarget(scenario: Scenario, on: string, path: Path): Finding[] {
  const { kind, number, case: of } = targetOf(on);
  const where = path.join('.');
  const found = (message: string, hint: string, related: readonly Path[]): Finding[] => [
    { path, related, at: 'value', message, hint },
  ];
  if (of !== undefined && !scenario.cases.includes(of))
    return found(`${where} names a server of ${of}, which is not among the cases`, 'add the case to cases', [
      ['cases'],
    ]);
  const most = countOf(kind, scenario);
  if (number === undefined || number <= most) return [];
  return found(
    `${where} is ${on}, but there are ${most} ${kind}s`,
    `name one from ${kind}-1 to ${kind}-${most}`,
    isOfNodes(kind) ? [['cluster', 'nodes']] : [['servers']],
  );
}
