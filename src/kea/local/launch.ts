import { familyOf } from '../../protocol/cases.js';
import { join } from 'node:path';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Programs } from '../../packages/programs.js';
import type { Cleanup } from '../../processes/cleanup.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { ManagedProcess, type ProcessSpec, type RunAs } from '../../processes/managed-process.js';
import { Restartable } from '../../processes/restartable.js';
import type { PortBlock } from '../../processes/port-block.js';
import { readUdpSockets } from '../../processes/udp-sockets.js';
import {
  environmentIn,
  HOME_MODE,
  keaArguments,
  removePidFile,
  writeConfigurationFile,
} from '../configuration-file.js';
import type { KeaSettings } from '../configuration.js';
import { serverLabel, serverName, type LaunchedServer, type ServerPlan } from '../start.js';
import { subnetsOf } from '../subnets.js';

export interface LocalKeaRequest {
  programs: Programs;
  live: LiveDirectory;
  ports: PortBlock;
  runAs: RunAs | undefined;
  settings: KeaSettings;
  logDirectory: string;
  keep: boolean;
  cleanup: Pick<Cleanup, 'push'>;
}

/** Starts Kea servers as processes of this machine, on its loopback addresses. */
export function localKea(request: LocalKeaRequest): (plan: ServerPlan) => Promise<LaunchedServer> {
  const home = request.live.subdirectory('kea', HOME_MODE);
  return (plan) => launch(request, home, plan);
}

async function launch(request: LocalKeaRequest, home: string, plan: ServerPlan): Promise<LaunchedServer> {
  const { programs, settings, live, logDirectory } = request;
  const { kind, number, node, database } = plan;
  const version = new KeaVersion(programs.versions.kea);
  const name = serverName(plan);
  const label = serverLabel(plan);
  const address = familyOf(kind) === 4 ? '127.0.0.1' : '::1';
  const subnets = subnetsOf(kind, settings);
  const { file, controlAt } = writeConfigurationFile({
    home,
    live,
    label,
    logDirectory,
    configuration: {
      kind,
      version,
      database,
      settings,
      subnets,
      listensOn: `lo/${address}`,
      // All servers are on one address, and a client's REQUEST must name one of them (RFC 2131 section 4.3.2).
      serverIdentifier: `192.0.2.${number}`,
      hooks: programs.keaHooks,
      serverNumber: number,
    },
  });
  const port = await request.ports.take();
  const replyPort = await request.ports.take();
  const spec: ProcessSpec = {
    name,
    command: familyOf(kind) === 4 ? programs.keaDhcp4 : programs.keaDhcp6,
    args: keaArguments(file, port, replyPort),
    env: { ...programs.keaEnvironment, ...environmentIn(home, programs.keaHooks) },
    cwd: home,
    logFile: join(logDirectory, `kea-${label}.log`),
    runAs: request.runAs,
    outlivesHarness: request.keep,
  };
  const begin = (): ManagedProcess => {
    const process = ManagedProcess.start(spec);
    live.register(process.id);
    return process;
  };
  const running = new Restartable(begin());
  request.cleanup.push(name, () => running.close());
  return {
    name,
    kind,
    node: node.name,
    version: version.text,
    subnets,
    address,
    port,
    relay: { address, port: replyPort },
    running,
    startAgain: () => {
      removePidFile(home, label);
      return running.again(begin);
    },
    abilities: running.abilities,
    controlAt,
    sockets: () => Promise.resolve(readUdpSockets(familyOf(kind))),
  };
}
