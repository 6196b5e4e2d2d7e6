import type Docker from 'dockerode';
import { fateOf, RUN_LABEL } from './owner.js';
import { removeRun } from './run-containers.js';

/** A run that is over, and how many containers of it were removed. */
export interface RemovedRun {
  run: string;
  containers: number;
}

/**
 * Removes the containers, networks and volumes of runs whose harness no longer runs. Living runs, runs of other
 * users, and runs whose harness can't be seen from here are passed over.
 * Rejects with the engine's error.
 */
export async function removeDeadRuns(engine: Docker): Promise<RemovedRun[]> {
  const filters = { label: [RUN_LABEL] };
  const containers = await engine.listContainers({ all: true, filters });
  const networks = await engine.listNetworks({ filters });
  const found = [
    ...containers.map(({ Labels: labels, State: state }) => ({ labels, isRunning: state === 'running' })),
    ...networks.map(({ Labels: labels }) => ({ labels: labels ?? {}, isRunning: false })),
  ];
  const runs = new Set(found.map(({ labels }) => labels[RUN_LABEL] ?? ''));
  const dead = [...runs].filter((run) => isOver(found.filter(({ labels }) => labels[RUN_LABEL] === run)));
  return Promise.all(dead.map(async (run) => ({ run, containers: await removeRun(engine, run) })));
}

/**
 * Whether a run is over. A run from before this machine was started, or of another machine, is over if none of its
 * containers runs any more.
 */
function isOver(parts: readonly { labels: Record<string, string>; isRunning: boolean }[]): boolean {
  return parts.every(({ labels, isRunning }) => {
    const fate = fateOf(labels);
    return fate === 'dead' || (fate === 'before-boot' && !isRunning);
  });
}
