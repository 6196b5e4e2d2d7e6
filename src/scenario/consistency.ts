import { findPointless } from './checks/pointless.js';
import { findingInCheck } from './explain.js';
import type { Path } from './paths.js';
import type { Finding } from './problems.js';
import type { Scenario } from './schema.js';

const LONGEST_LOAD_S = 7 * 24 * 3600;

/** What no single value shows: values that contradict each other. */
export function findContradictions(scenario: Scenario): Finding[] {
  return [
    ...unknownNodes(scenario),
    ...repeatedCases(scenario),
    ...endlessLoad(scenario),
    ...pointlessChecks(scenario),
  ];
}

function unknownNodes({ servers = [], cluster: { nodes } }: Scenario): Finding[] {
  return servers.flatMap(({ node }, index) => {
    const path: Path = ['servers', index, 'node'];
    const message = `${path.join('.')} must be at most ${nodes}, the number of nodes, but is ${node}`;
    const hint = 'cluster.nodes: number of database nodes';
    return node <= nodes
      ? []
      : [{ path, related: [['cluster', 'nodes'] as const], at: 'value' as const, message, hint }];
  });
}

function repeatedCases({ cases }: Scenario): Finding[] {
  return cases.flatMap((name, index) => {
    const first = cases.indexOf(name);
    const message = `cases names ${name} twice`;
    return first === index
      ? []
      : [{ path: ['cases', index], related: [['cases', first]], at: 'value' as const, message }];
  });
}

function endlessLoad({ load: { clientsPerServer, ratePerServer } }: Scenario): Finding[] {
  const days = Math.round(clientsPerServer / ratePerServer / 86_400);
  if (clientsPerServer / ratePerServer <= LONGEST_LOAD_S) return [];
  return [
    {
      path: ['load', 'ratePerServer'],
      related: [['load', 'clientsPerServer']],
      at: 'value',
      message: `load.ratePerServer is too low: ${clientsPerServer} clients at ${ratePerServer} a second take ${days} days, more than 7`,
      hint: 'raise load.ratePerServer or lower load.clientsPerServer',
    },
  ];
}

/** A check that can never be about anything, as the cases of the scenario have not what it names. */
function pointlessChecks({ checks, cases }: Scenario): Finding[] {
  return checks.flatMap((text, index) => {
    const problem = findPointless(text, cases);
    return problem === undefined
      ? []
      : [{ ...findingInCheck(['checks', index], problem), related: [['cases']] }];
  });
}
