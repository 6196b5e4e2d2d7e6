import { findPointless } from '../checks/pointless.js';
import { findClientContradictions } from './client-contradictions.js';
import { findExternalContradictions } from './external-contradictions.js';
import { findingInCheck } from '../language/explain.js';
import { impossibleInKea, unknownToKea } from './kea-support.js';
import { findExtraContradictions } from './extra-contradictions.js';
import { findFaultContradictions } from './fault-contradictions.js';
import { findKnownContradictions } from './known-contradictions.js';
import { findLeaseContradictions } from './lease-contradictions.js';
import { findLifeContradictions } from './life-contradictions.js';
import { findLoadContradictions } from './load-contradictions.js';
import { findProxyContradictions } from './proxy-contradictions.js';
import { findServerContradictions } from './server-contradictions.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';
import { isOwnVariable } from '../schema/own-variables.js';
import { traitsOf } from '../flavors.js';

/** Values of a scenario that contradict each other. No single value shows such a mistake. */
export function findContradictions(scenario: Scenario): Finding[] {
  return [
    ...findExternalContradictions(scenario),
    ...(scenario.external === undefined ? unknownNodes(scenario) : []),
    ...failuresOfNoControl(scenario),
    ...findKnownContradictions(scenario),
    ...repeatedCases(scenario),
    ...findLoadContradictions(scenario),
    ...findClientContradictions(scenario),
    ...findLifeContradictions(scenario),
    ...findFaultContradictions(scenario),
    ...findLeaseContradictions(scenario),
    ...findProxyContradictions(scenario),
    ...networkOfOthers(scenario),
    ...historyOfOthers(scenario),
    ...findServerContradictions(scenario),
    ...severalPlainDatabases(scenario),
    ...programsBesideImages(scenario),
    ...programsOfAnotherFlavor(scenario),
    ...overriddenVariables(scenario),
    ...pointlessChecks(scenario),
    ...findExtraContradictions(scenario),
    ...impossibleInKea(scenario),
    ...unknownToKea(scenario, scenario.kea.version ?? ''),
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

function failuresOfNoControl({ expect, expectedFailures }: Scenario): Finding[] {
  if (expect === 'fail' || expectedFailures === undefined) return [];
  const message = 'expectedFailures only goes with expect: fail, but expect is pass';
  return [
    {
      path: ['expectedFailures'],
      related: [['expect']],
      at: 'value',
      message,
      hint: 'set expect: fail, or leave it out',
    },
  ];
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

function historyOfOthers({ cluster: { commitHistory, provider } }: Scenario): Finding[] {
  if (commitHistory !== true || provider !== 'external') return [];
  return [
    {
      path: ['cluster', 'commitHistory'],
      related: [['cluster', 'provider']],
      at: 'value',
      message: `cluster.commitHistory can't be had with provider ${provider}, whose binary logs are not read`,
      hint: 'take provider local or docker, or leave cluster.commitHistory out',
    },
  ];
}

/** Only processes of this machine can be put into namespaces. */
function networkOfOthers({ cluster: { network, provider } }: Scenario): Finding[] {
  if (network === 'loopback' || provider === 'local') return [];
  return [
    {
      path: ['cluster', 'network'],
      related: [['cluster', 'provider']],
      at: 'value',
      message: `cluster.network can't be ${network} with provider ${provider}, which has a network of its own`,
      hint: 'take provider local, or leave cluster.network out',
    },
  ];
}

function severalPlainDatabases({ cluster: { flavor, nodes } }: Scenario): Finding[] {
  if (traitsOf(flavor).isSingle !== true || nodes === 1) return [];
  return [
    {
      path: ['cluster', 'nodes'],
      related: [['cluster', 'flavor']],
      at: 'value',
      message: `cluster.nodes must be 1 with the flavor ${flavor}, but is ${nodes}`,
      hint: 'one plain database serves all servers; separate ones are the flavor isolated',
    },
  ];
}

/** Programs that the flavor does not start. */
function programsOfAnotherFlavor({ cluster }: Scenario): Finding[] {
  const { flavor } = cluster;
  const isPercona = traitsOf(flavor).product === 'percona';
  const inVain = isPercona
    ? (['version', 'galeraVersion', 'mariadbd', 'mariadb'] as const)
    : (['percona'] as const);
  return inVain.flatMap((key) =>
    cluster[key] === undefined
      ? []
      : [
          {
            path: ['cluster', key],
            related: [['cluster', 'flavor'] as const],
            at: 'key' as const,
            message: `cluster.${key} does not go with the flavor ${flavor}`,
            hint: isPercona
              ? 'its server and client are cluster.percona.mysqld and cluster.percona.mysql'
              : 'set cluster.flavor to percona, or leave it out',
          },
        ],
  );
}

function overriddenVariables({ cluster: { settings } }: Scenario): Finding[] {
  return Object.keys(settings)
    .filter(isOwnVariable)
    .map((name) => ({
      path: ['cluster', 'settings', name],
      at: 'key' as const,
      message: `cluster.settings.${name} would have no effect: the harness sets ${name} for each node itself`,
      hint: 'directories, ports and the addresses of the cluster are chosen for each run; leave it out',
    }));
}

/** Programs of this machine that are named although containers don't run them. */
function programsBesideImages({ cluster, kea }: Scenario): Finding[] {
  if (cluster.provider !== 'docker') return [];
  const { mariadbd, mariadb, wsrepProvider } = cluster;
  const programs = {
    cluster: { mariadbd, mariadb, wsrepProvider },
    kea: { dhcp4: kea.dhcp4, dhcp6: kea.dhcp6, schema: kea.schema, haproxy: kea.haproxy },
  };
  return Object.entries(programs).flatMap(([block, named]) =>
    Object.entries(named).flatMap(([key, value]): Finding[] =>
      value === undefined
        ? []
        : [
            {
              path: [block, key],
              related: [['cluster', 'provider']],
              at: 'key',
              message: `${block}.${key} names a program of this machine, which provider docker does not run`,
              hint: 'cluster.docker.keaImage and cluster.docker.databaseImage name images that hold other programs',
            },
          ],
    ),
  );
}

/** Checks that can judge nothing, as the cases of the scenario lack what they name under its load. */
function pointlessChecks(scenario: Scenario): Finding[] {
  return (['checks', 'expectedFigures'] as const).flatMap((key) =>
    scenario[key].flatMap((text, index) => {
      const problem = findPointless(text, scenario.cases, scenario.load, scenario);
      return problem === undefined
        ? []
        : [{ ...findingInCheck([key, index], problem), related: [['cases']] }];
    }),
  );
}
