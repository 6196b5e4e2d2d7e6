import { END_IT } from './kept.js';
import { familyOf } from '../protocol/cases.js';
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import type Docker from 'dockerode';
import { withRoomFor } from '../cluster/room.js';
import { startDockerCluster } from '../cluster/docker/start.js';
import { startDockerProxy } from '../cluster/proxy/start-docker.js';
import { flavorOf } from '../cluster/flavors/select.js';
import { connectEngine } from '../docker/engine.js';
import { RunContainers } from '../docker/run-containers.js';
import { refusedByKeaOf } from '../kea/docker/configuration-test.js';
import { dockerKea } from '../kea/docker/launch.js';
import { upgradeSchemaInContainer } from '../kea/docker/upgrade-schema.js';
import { LiveDirectory } from '../processes/live-directory.js';
import { PortBlock } from '../processes/port-block.js';
import { unprivilegedUser } from '../processes/unprivileged-user.js';
import { hasCommitHistory } from '../scenario/commit-history.js';
import { readyImages, type SystemImages } from './images.js';
import type { Provider, StartedSystem, StartRequest } from './provider.js';
import { secondsSince, startServers } from './start-servers.js';

/** Starts containers in an engine on this machine, in a network of the run's own. */
export const DOCKER: Provider = {
  async prepare(scenario, preparing) {
    const engine = await connectEngine();
    const looking = new RunContainers(engine, `klc-${randomBytes(5).toString('hex')}`);
    try {
      const images = await readyImages(engine, scenario, looking, preparing);
      return {
        versions: {
          kea: images.keas.own.version,
          database: images.database.version,
          wsrepProvider: '',
          ...(images.haproxy === undefined ? {} : { proxy: `haproxy ${images.haproxy.version}` }),
        },
        refused: await refusedByKeaOf(images.keas.of, scenario, looking),
        start: (request) => startContainers(request, engine, images),
      };
    } finally {
      await looking.close();
    }
  },
};

async function startContainers(
  request: StartRequest,
  engine: Docker,
  images: SystemImages,
): Promise<StartedSystem> {
  const { scenario, cleanup, keep, say, signal, logDirectory } = request;
  const runAs = unprivilegedUser(scenario.cluster.user);
  const user = runAs ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const live = LiveDirectory.create(runAs);
  // With --keep, the system stays up only once all of it is up: a part of it is of no use to anybody.
  let isKept = false;
  cleanup.push('the live directory', () => (isKept ? undefined : live.remove()));
  const ports = await PortBlock.reserve();
  cleanup.push('the ports', () => ports.release());
  const containers = new RunContainers(engine, basename(live.path));
  cleanup.push('the containers', () => (isKept ? containers.leave() : containers.close()));
  const network = await containers.openNetwork(scenario.cases.some((kind) => familyOf(kind) === 6));
  const common = { containers, network, live, ports, user, logDirectory, signal };

  const { nodes, settings, startTimeoutMs } = scenario.cluster;
  const commitHistory = hasCommitHistory(scenario.cluster) && images.database.printsLogs;
  const flavor = flavorOf(scenario.cluster.flavor, images.database.version);
  say(`Starting ${flavor.describe(nodes)} in containers…`);
  const clusterBegun = performance.now();
  const cluster = await withRoomFor({ directory: live.path, nodes, settings }, () =>
    startDockerCluster({
      ...common,
      flavor,
      image: images.database,
      schema: images.keas.oldest.schema,
      nodes,
      settings,
      commitHistory,
      behindProxy: images.haproxy !== undefined,
      timeoutMs: startTimeoutMs,
    }),
  );
  say(
    `${flavor.server.product} ${cluster.version}: ${flavor.describe(nodes)}, ready and checked after ${secondsSince(clusterBegun)} s`,
  );

  if (images.haproxy !== undefined) {
    cluster.proxy = await startDockerProxy({
      ...common,
      image: images.haproxy,
      nodes: cluster.nodes,
      accountPlugin: flavor.server.accountPlugin,
      timeoutMs: startTimeoutMs,
    });
    say(`${cluster.proxy.name}: every node is ready, and the servers reach them through it`);
  }
  const launch = dockerKea({
    ...common,
    imageOf: images.keas.of,
    cases: scenario.cases,
  });
  const versions = images.keas.versionsOn(cluster, {
    ...{ timeoutMs: startTimeoutMs, say },
    upgrade: (image, node) => upgradeSchemaInContainer({ ...common, image, node }),
  });
  const servers = await startServers(request, cluster, launch, versions);
  const passwordFile = join(live.path, 'password');
  if (keep) live.writeFile(passwordFile, `${cluster.nodes[0]?.admin.password ?? ''}\n`);
  isKept = keep;
  const reachable = cluster.nodes.map(({ name, admin }) => `${name} ${admin.host}:${admin.port}`).join(', ');
  return {
    cluster,
    servers,
    kept: {
      where: `${reachable}, in containers ${containers.run}-…`,
      passwordFile,
      commands: [END_IT],
    },
  };
}
