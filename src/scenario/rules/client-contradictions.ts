import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';

/** Clients whose identities could not be told apart, or not from those of others. */
export function findClientContradictions(scenario: Scenario): Finding[] {
  return [
    ...listOfOthers(scenario),
    ...listBesideGenerated(scenario),
    ...knownByHardwareAlone(scenario),
    ...reservedInVain(scenario),
  ];
}

function finding(path: Path, related: Path[], message: string, hint: string): Finding[] {
  return [{ path, related, at: 'value', message, hint }];
}

const LIST: Path = ['load', 'clientsFrom'];
const PER_MACHINE: Path = ['load', 'identitiesPerMachine'];

/** In a database of others, a run finds its rows, and removes them, by the identities that its seed decides. */
function listOfOthers({ cluster: { provider }, load: { clientsFrom } }: Scenario): Finding[] {
  if (clientsFrom === undefined || provider !== 'external') return [];
  return finding(
    LIST,
    [['cluster', 'provider']],
    "load.clientsFrom does not go with cluster.provider external: the run could not tell its clients' rows from those of others",
    'take provider local or docker, or leave load.clientsFrom out',
  );
}

function listBesideGenerated({ load: { clientsFrom, identitiesPerMachine } }: Scenario): Finding[] {
  if (clientsFrom === undefined || identitiesPerMachine === 1) return [];
  return finding(
    PER_MACHINE,
    [LIST],
    'load.identitiesPerMachine has no meaning with load.clientsFrom, which names the identities',
    'give several lines of the list one hardwareAddress, and each a clientIdentifier',
  );
}

/** Servers that ignore client identifiers. */
function knownByHardwareAlone({
  kea: { matchClientId },
  load: { clientsFrom, identitiesPerMachine },
}: Scenario): Finding[] {
  if (matchClientId !== false) return [];
  const beside = (path: Path, why: string): Finding[] =>
    finding(
      path,
      [['kea', 'matchClientId']],
      `${path.join('.')} does not go with kea.matchClientId: false: ${why}`,
      'leave one of them out',
    );
  return [
    ...(clientsFrom === undefined
      ? []
      : beside(LIST, 'the list may have two clients of one hardware address')),
    ...(identitiesPerMachine === 1
      ? []
      : beside(PER_MACHINE, 'servers take all identities of a machine for one client')),
  ];
}

const RESERVED: Path = ['kea', 'reservedClients'];

/** Reservations that nobody could write, or that no client has. */
function reservedInVain(scenario: Scenario): Finding[] {
  const { cluster, kea, load } = scenario;
  const { reservedClients, poolLeases } = kea;
  if (reservedClients === undefined) return [];
  if (cluster.provider === 'external')
    return finding(
      RESERVED,
      [['cluster', 'provider']],
      'kea.reservedClients does not go with cluster.provider external: the harness writes nothing to databases of others',
      'take provider local or docker, or leave kea.reservedClients out',
    );
  if (load.relays > 1)
    return finding(
      RESERVED,
      [['load', 'relays']],
      `kea.reservedClients needs one subnet for each case, and load.relays is ${load.relays}`,
      'leave one of them out',
    );
  const clients = clientsOfCase(load, serversOf(scenario).length);
  if (reservedClients > clients)
    return finding(
      RESERVED,
      [['load', load.stages === undefined ? 'clientsPerServer' : 'stages']],
      `kea.reservedClients is ${reservedClients}, and each case has ${clients} clients`,
      'lower it, or raise the number of clients',
    );
  return poolLeases !== undefined && reservedClients > poolLeases
    ? finding(
        RESERVED,
        [['kea', 'poolLeases']],
        `kea.reservedClients is ${reservedClients}, and a pool has ${poolLeases} leases`,
        'lower it, or raise kea.poolLeases',
      )
    : [];
}
