import type Docker from 'dockerode';
import { RUN_LABEL } from '../../src/docker/owner.js';
import type { HarnessProcess } from './harness-process.js';
import type { Workspace } from './workspace.js';

/** What an engine has of a run: the names of its containers, without the run's own, and of its networks. */
export interface LeftInEngine {
  containers: string[];
  networks: string[];
}

export const NOTHING: LeftInEngine = { containers: [], networks: [] };

/** The containers and networks of a run in the engine. The run is named like its live directory. */
export async function leftInEngine(engine: Docker, run: string): Promise<LeftInEngine> {
  const filters = { label: [`${RUN_LABEL}=${run}`] };
  const containers = await engine.listContainers({ all: true, filters });
  const networks = await engine.listNetworks({ filters });
  return {
    containers: containers
      .flatMap(({ Names: names }) => names.map((name) => name.replace(`/${run}-`, '')))
      .sort(),
    networks: networks.map(({ Name: name }) => name),
  };
}

/** The name of the run of a harness. */
export async function runOf(workspace: Workspace, harness: HarnessProcess): Promise<string> {
  const { path } = await workspace.liveDirectoryOf(harness);
  return path.slice(path.lastIndexOf('/') + 1);
}
