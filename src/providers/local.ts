import { END_IT, lookAtLeases } from './kept.js';
import { dirname, join } from 'node:path';
import type { DatabaseAccess } from '../cluster/started-cluster.js';
import type { DatabaseFlavor } from '../cluster/flavors/flavor.js';
import { flavorOf } from '../cluster/flavors/select.js';
import { startLocalCluster } from '../cluster/local/start.js';
import { startLocalProxy } from '../cluster/proxy/start-local.js';
import { withRoomFor } from '../cluster/room.js';
import { compileRepairedRetry } from '../kea/preload/repaired-retry.js';
import { refusedByInstalledKea } from '../kea/local/configuration-test.js';
import { resolveLocalKeas, type LocalKea } from '../kea/local/local-kea.js';
import { upgradeSchema } from '../kea/local/upgrade-schema.js';
import type { KeasOfRun } from '../kea/versions/keas-of-run.js';
import { localKea } from '../kea/local/launch.js';
import type { Programs } from '../packages/programs.js';
import { requireLoopback } from '../packages/checks/loopback.js';
import { resolvePrograms } from '../packages/archive/resolve.js';
import type { Cleanup } from '../processes/cleanup.js';
import { LiveDirectory } from '../processes/live-directory.js';
import { insideCommands } from '../network/inside.js';
import { onLoopback } from '../network/loopback.js';
import { onPrivateNetwork } from '../network/on-private-network.js';
import { requirePrivateNetwork } from '../network/possible.js';
import { PrivateNetwork } from '../network/private-network.js';
import type { PrivateNetworkRequest } from '../network/request.js';
import { PortBlock } from '../processes/port-block.js';
import { unprivilegedUser } from '../processes/unprivileged-user.js';
import type { Provider, StartedSystem, StartRequest } from './provider.js';
import { machinesOf } from './private-machines.js';
import { secondsSince, startServers } from './start-servers.js';
import { familyOf } from '../protocol/cases.js';
import { delaysMachines } from '../scenario/fault-links.js';
import { hasCommitHistory } from '../scenario/commit-history.js';
import { traitsOf } from '../scenario/flavors.js';
import { withoutHistory } from './without-history.js';

/** Starts processes on this machine, on its loopback addresses or a private network, with programs from a private root or installed ones. */
export const LOCAL: Provider = {
  async prepare(scenario, preparing) {
    const { product, usesWsrep } = traitsOf(scenario.cluster.flavor);
    const programs = await resolvePrograms({ ...scenario, product }, preparing);
    const keas = await resolveLocalKeas(programs, scenario, preparing);
    const { network, user } = scenario.cluster;
    if (network === 'private') {
      const delays = delaysMachines(scenario);
      await requirePrivateNetwork(programs, { user, signal: preparing.signal, delays });
    } else await requireLoopback(scenario.cases.map(familyOf));
    if (hasCommitHistory(scenario.cluster) && programs.mariadbBinlog === undefined)
      withoutHistory(scenario, preparing, {
        lacking: `there is no ${product === 'percona' ? 'mysqlbinlog' : 'mariadb-binlog'} beside ${programs.mariadbd}`,
        hint: 'install the client programs there, leave cluster.mariadbd out, or set cluster.commitHistory: false',
      });
    const { kea, mariadb, galera, haproxy = 'of unknown version' } = programs.versions;
    const { proxy } = scenario.kea;
    const flavor = flavorOf(scenario.cluster.flavor, mariadb);
    return {
      versions: {
        kea,
        database: mariadb,
        wsrepProvider: usesWsrep ? galera : '',
        ...(proxy === undefined ? {} : { proxy: `${proxy} ${haproxy}` }),
      },
      refused: await refusedByInstalledKea(scenario, programsOf(keas), preparing.signal),
      start: (request) => startProcesses(request, keas, flavor),
    };
  },
};

async function startProcesses(
  request: StartRequest,
  keas: KeasOfRun<LocalKea>,
  flavor: DatabaseFlavor,
): Promise<StartedSystem> {
  const { scenario, cleanup, keep, say } = request;
  const runAs = unprivilegedUser(scenario.cluster.user);
  const live = LiveDirectory.create(runAs);
  // With --keep, the system stays up only once all of it is up: a part of it is of no use to anybody.
  let isKept = false;
  const unlessKept: Pick<Cleanup, 'push'> = {
    push: (what, close) => cleanup.push(what, () => (isKept ? undefined : close())),
  };
  unlessKept.push('the live directory', () => live.remove());
  const { nodes, settings, startTimeoutMs } = scenario.cluster;
  const commitHistory = hasCommitHistory(scenario.cluster);
  const starting = {
    ...request,
    programs: { ...keas.own.programs, keaMysqlSchema: keas.oldest.programs.keaMysqlSchema },
    cleanup: unlessKept,
    live,
    runAs,
    timeoutMs: startTimeoutMs,
  };
  const network = scenario.cluster.network === 'private' ? await openNetwork(starting) : undefined;
  const places = network === undefined ? onLoopback(await reservePorts(cleanup)) : onPrivateNetwork(network);
  const common = { ...starting, places };

  say(`Starting ${flavor.describe(nodes)}…`);
  const clusterBegun = performance.now();
  const behindProxy = scenario.kea.proxy !== undefined;
  const cluster = await withRoomFor({ directory: live.path, nodes, settings }, () =>
    startLocalCluster({ ...common, flavor, nodes, settings, commitHistory, behindProxy }),
  );
  say(
    `${flavor.server.product} ${cluster.version}: ${flavor.describe(nodes)}, ready and checked after ${secondsSince(clusterBegun)} s`,
  );

  if (behindProxy) {
    const { accountPlugin } = flavor.server;
    cluster.proxy = await startLocalProxy({ ...common, nodes: cluster.nodes, accountPlugin });
    say(`${cluster.proxy.name}: every node is ready, and the servers reach them through it`);
  }
  const preload = scenario.kea.repairedRetry === true ? [compileRepairedRetry(common)] : [];
  const launch = localKea({ ...common, programsOf: programsOf(keas), preload });
  const versions = keas.versionsOn(cluster, {
    ...common,
    upgrade: ({ version, programs: { keaMysqlSchema } }, node, signal) =>
      upgradeSchema({ ...common, version, scripts: dirname(keaMysqlSchema), node, signal }),
  });
  const servers = await startServers(request, cluster, launch, versions);
  const passwordFile = join(live.path, 'password');
  if (keep) live.writeFile(passwordFile, `${cluster.nodes[0]?.admin.password ?? ''}\n`);
  isKept = keep;
  // A network that is kept must not stay cut.
  if (keep && network !== undefined) cleanup.push('the links', () => network.mend());
  const where = (access: DatabaseAccess): string =>
    network === undefined ? `port ${access.port}` : `${access.host} port ${access.port}`;
  const reachable = cluster.nodes.map(({ name, admin }) => `${name} ${where(admin)}`).join(', ');
  return {
    cluster,
    servers,
    network: network?.faults,
    record: network === undefined ? undefined : (file, failed) => network.record(file, failed),
    kept: {
      where: reachable,
      passwordFile,
      commands: [
        ...cluster.nodes
          .slice(0, 1)
          .map(({ name, admin }) => lookAtLeases(name, admin, [common.programs.mariadb], passwordFile)),
        ...(network === undefined || !keep
          ? []
          : insideCommands(network, common.programs, firstOf(servers), (name, text) => {
              const path = join(live.path, name);
              live.writeFile(path, text);
              return path;
            })),
        END_IT,
      ],
    },
  };
}

function programsOf(keas: KeasOfRun<LocalKea>): (wanted: string | undefined) => Programs {
  return (wanted) => keas.of(wanted).programs;
}

async function reservePorts(cleanup: Cleanup): Promise<PortBlock> {
  const ports = await PortBlock.reserve();
  cleanup.push('the ports', () => ports.release());
  return ports;
}

/** The name of a DHCPv4 server, if there is one. */
function firstOf(servers: StartedSystem['servers']): string | undefined {
  return servers.find(({ kind }) => familyOf(kind) === 4)?.name;
}

function openNetwork(
  request: Omit<PrivateNetworkRequest, 'machines' | 'logFile'> &
    Pick<StartRequest, 'scenario' | 'logDirectory'>,
): Promise<PrivateNetwork> {
  const logFile = join(request.logDirectory, 'network.log');
  return PrivateNetwork.open({ ...request, machines: machinesOf(request.scenario), logFile });
}
