import { CLIENTS } from '../../faults/links.js';
import { familyOf } from '../../protocol/cases.js';
import type { Family } from '../../protocol/phases.js';
import { listingAllocators } from './stated-allocators.js';
import { showPath, type Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { problemOfSent } from '../sent-bytes.js';
import { clientsOfServer, fastestOf } from '../stages.js';
import { findTransactionContradictions } from './transaction-contradictions.js';

const LONGEST_LOAD_S = 7 * 24 * 3600;
const MOST_CLIENTS = 1_000_000;
/** In exchanges a second: twice what one process has been measured to send and receive. */
const MOST_STARTS = 100_000;

/** Values of `load` that contradict each other. */
export function findLoadContradictions(scenario: Scenario): Finding[] {
  return [
    ...endlessLoad(scenario),
    ...tooManyClients(scenario),
    ...beyondTheSockets(scenario),
    ...stagesOfAnAvalanche(scenario),
    ...avalancheWithoutBackOff(scenario),
    ...noTimeToRetransmit(scenario),
    ...findTransactionContradictions(scenario),
    ...rapidCommitInDhcp4(scenario),
    ...relaysInVain(scenario),
    ...withoutRelay(scenario),
    ...relayOptionsWithoutRelay(scenario),
    ...moreThanFits(scenario),
  ];
}

function finding(path: Path, related: Path[], message: string, hint: string): Finding[] {
  return [{ path, related, at: 'value', message, hint }];
}

function rapidCommitInDhcp4({ cases, load: { rapidCommit } }: Scenario): Finding[] {
  if (!rapidCommit || !cases.includes('dhcp4')) return [];
  return finding(
    ['load', 'rapidCommit'],
    [['cases']],
    'load.rapidCommit does not go with dhcp4: Kea has no rapid commit in DHCPv4 (RFC 4039)',
    "leave dhcp4 out: --set 'cases=[dhcp6-ia-na, dhcp6-ia-pd]'",
  );
}

/** More than one relay where the provider, or the size of the pools, allows only one. */
function relaysInVain(scenario: Scenario): Finding[] {
  const { cases, cluster, kea, load } = scenario;
  const { provider } = cluster;
  const { relays } = load;
  const beside = (related: Path, why: string, hint: string): Finding[] =>
    finding(['load', 'relays'], [related], `load.relays must be 1 with ${why}, but is ${relays}`, hint);
  if (relays <= 1) return [];
  if (provider === 'external')
    return beside(
      ['cluster', 'provider'],
      'cluster.provider external: each case has the one subnet that external.subnets names',
      'run the scenario once for each relay',
    );
  if (provider === 'docker' && cases.includes('dhcp4'))
    return beside(
      ['cluster', 'provider'],
      'cluster.provider docker and dhcp4: containers can answer to one address of the harness alone, that of their gateway',
      'take cluster.provider local, or leave dhcp4 out of cases',
    );
  if (kea.poolLeases !== undefined)
    return beside(['kea', 'poolLeases'], 'kea.poolLeases, the size of one pool', 'leave one of them out');
  const [listed] = listingAllocators(scenario);
  if (listed === undefined) return [];
  const what = `${listed.path.join('.')} ${listed.allocator}, whose pools are small`;
  return beside(listed.path, what, 'leave one of them out');
}

/** Clients on the link of their servers, where there is no such link, or where they could not be reached. */
function withoutRelay({
  cluster: { network },
  load: { relays, fanout, life, retransmit },
  faults = [],
}: Scenario): Finding[] {
  if (relays > 0) return [];
  const beside = (related: Path, why: string, hint: string): Finding[] =>
    finding(['load', 'relays'], [related], `load.relays can't be 0 with ${why}`, hint);
  if (network !== 'private')
    return beside(
      ['cluster', 'network'],
      `cluster.network ${network}, where clients and servers have no link of their own`,
      'set cluster.network: private',
    );
  if (fanout === 'roam')
    return beside(
      ['load', 'fanout'],
      'fanout roam: each server has a link of its own, and a client is on one link',
      'take fanout all, with which all servers are on one link, or pinned',
    );
  if (life !== undefined)
    return beside(
      ['load', 'life'],
      'load.life: a client that holds a lease is answered at its own address, which nobody here has',
      'leave load.life out, or take a relay',
    );
  if (retransmit && fanout === 'all')
    return beside(
      ['load', 'retransmit'],
      'load.retransmit and fanout all: what is sent again for one server is heard by all of them',
      'leave load.retransmit out, or take fanout pinned',
    );
  const ofClients = faults.findIndex(({ groups = [], between = [], from = [], to = [] }) =>
    [groups, between, from, to].flat(3).includes(CLIENTS),
  );
  return ofClients < 0
    ? []
    : beside(
        ['faults', ofClients],
        'a fault of the links of clients: the harness passes no messages on',
        'leave the fault out, or take a relay',
      );
}

/** Options that no message can carry, or that no Kea can read. */
function moreThanFits({ load }: Scenario): Finding[] {
  return ([4, 6] as const).flatMap((family) => {
    const problem = problemOfSent(family, load);
    if (problem === undefined) return [];
    const { key, message } = problem;
    return finding(['load', key], [], `load.${key}: ${message}`, 'shorten values, or leave some out');
  });
}

/** What only a relay adds, where there is none. */
function relayOptionsWithoutRelay({ load }: Scenario): Finding[] {
  if (load.relays > 0) return [];
  const { circuitId, remoteId, subscriberId } = load.dhcp4 ?? {};
  const { interfaceId, remoteId: remoteId6, subscriberId: subscriberId6 } = load.dhcp6 ?? {};
  const stated: [Path, unknown][] = [
    [['load', 'relayHops'], load.relayHops > 1 ? load.relayHops : undefined],
    [['load', 'dhcp4', 'circuitId'], circuitId],
    [['load', 'dhcp4', 'remoteId'], remoteId],
    [['load', 'dhcp4', 'subscriberId'], subscriberId],
    [['load', 'dhcp6', 'interfaceId'], interfaceId],
    [['load', 'dhcp6', 'remoteId'], remoteId6],
    [['load', 'dhcp6', 'subscriberId'], subscriberId6],
  ];
  return stated.flatMap(([path, value]) =>
    value === undefined
      ? []
      : finding(
          path,
          [['load', 'relays']],
          `${showPath(path)} is what a relay sends, and load.relays is 0`,
          'set load.relays to 1, or leave it out',
        ),
  );
}

function endlessLoad({ load: { clientsPerServer, ratePerServer, stages, arrival } }: Scenario): Finding[] {
  const days = (seconds: number): number => Math.round(seconds / 86_400);
  if (stages !== undefined) {
    const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
    if (seconds <= LONGEST_LOAD_S) return [];
    const message = `load.stages take ${days(seconds)} days, more than 7`;
    return finding(['load', 'stages'], [], message, 'shorten their seconds');
  }
  const seconds = clientsPerServer / ratePerServer;
  if (arrival === 'avalanche' || seconds <= LONGEST_LOAD_S) return [];
  return finding(
    ['load', 'ratePerServer'],
    [['load', 'clientsPerServer']],
    `load.ratePerServer is too low: ${clientsPerServer} clients at ${ratePerServer} a second take ${days(seconds)} days, more than 7`,
    'raise load.ratePerServer or lower load.clientsPerServer',
  );
}

function tooManyClients({ load }: Scenario): Finding[] {
  const clients = clientsOfServer(load);
  if (clients <= MOST_CLIENTS) return [];
  return finding(
    ['load', 'stages'],
    [],
    `load.stages start ${clients} clients on each server, more than ${MOST_CLIENTS}`,
    'shorten their seconds or lower their rates',
  );
}

/** Too many starts: the sockets of one process drive all cases and servers. */
function beyondTheSockets(scenario: Scenario): Finding[] {
  const { cases, load } = scenario;
  const servers = serversOf(scenario).length;
  const fastest = fastestOf(load);
  const starts = cases.length * servers * fastest;
  if (load.arrival === 'avalanche' || starts <= MOST_STARTS) return [];
  const key = load.stages === undefined ? 'ratePerServer' : 'stages';
  return finding(
    ['load', key],
    [['cases'], ['servers']],
    `load.${key}: ${cases.length} x ${servers} x ${fastest} are ${starts} exchanges started a second, more than the ${MOST_STARTS} that the harness's sockets may be given`,
    'lower the rate, or leave out cases or servers',
  );
}

function stagesOfAnAvalanche({ load: { arrival, stages } }: Scenario): Finding[] {
  if (arrival !== 'avalanche' || stages === undefined) return [];
  return finding(
    ['load', 'stages'],
    [['load', 'arrival']],
    'load.stages have no meaning with the arrival avalanche: all clients start at once',
    'leave load.stages out, or take another load.arrival',
  );
}

function avalancheWithoutBackOff({ load: { arrival, retransmit } }: Scenario): Finding[] {
  if (arrival !== 'avalanche' || retransmit) return [];
  return finding(
    ['load', 'arrival'],
    [['load', 'retransmit']],
    'load.arrival avalanche needs load.retransmit: clients that all start at once must back off as the RFCs say',
    'set load.retransmit to true, and load.timeoutMs to more than 5000',
  );
}

/** The latest moment of the first retransmission: RFC 2131 section 4.1, RFC 8415 section 15. */
const FIRST_RETRANSMISSION_MS: Readonly<Record<Family, number>> = { 4: 5_000, 6: 1_100 };

function noTimeToRetransmit({ cases, load: { retransmit, timeoutMs } }: Scenario): Finding[] {
  const needed = Math.max(...cases.map((name) => FIRST_RETRANSMISSION_MS[familyOf(name)]));
  if (!retransmit || timeoutMs > needed) return [];
  return finding(
    ['load', 'timeoutMs'],
    [['load', 'retransmit']],
    `load.timeoutMs must be above ${needed} for load.retransmit, but is ${timeoutMs}`,
    'a transaction is given up before its first retransmission would leave',
  );
}
