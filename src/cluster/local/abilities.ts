import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import type { Abilities } from '../../faults/abilities.js';
import { whileAllRun } from '../../processes/guard.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { ManagedProcess, type ProcessSpec } from '../../processes/managed-process.js';
import type { Restartable } from '../../processes/restartable.js';
import { runToEnd } from '../../processes/run-to-end.js';
import type { DatabaseFlavor } from '../flavors/flavor.js';
import type { DatabaseAccess } from '../started-cluster.js';

export interface NodeAbilitiesRequest {
  flavor: DatabaseFlavor;
  running: Restartable;
  /** How the node was first started. */
  spec: ProcessSpec;
  /** The arguments with which it starts again. */
  args: readonly string[];
  admin: DatabaseAccess;
  live: Pick<LiveDirectory, 'register'>;
  logDirectory: string;
  /** How long a node may take until it takes part in the cluster again. */
  timeoutMs: number;
}

/** What faults can do to a node that is a process of this machine. */
export function nodeAbilities(request: NodeAbilitiesRequest): Abilities {
  const { running, admin } = request;
  const { waitUntilBack, wsrep } = request.flavor;
  return {
    ...running.abilities,
    ...(waitUntilBack === undefined
      ? {}
      : { start: (signal) => startAgain({ ...request, signal, waitUntilBack }) }),
    ...(wsrep === undefined
      ? {}
      : { isolate: () => wsrep.isolate(admin, true), rejoin: () => wsrep.isolate(admin, false) }),
  };
}

interface AgainRequest extends NodeAbilitiesRequest {
  signal: AbortSignal;
  waitUntilBack: NonNullable<DatabaseFlavor['waitUntilBack']>;
}

async function startAgain(request: AgainRequest): Promise<void> {
  const { running, spec, args, admin, live, timeoutMs, signal, waitUntilBack } = request;
  const position = await recoveredPosition(request);
  running.again(() => {
    const process = ManagedProcess.start({ ...spec, args: [...args, ...position] });
    live.register(process.id);
    return process;
  });
  const back = waitUntilBack({ name: spec.name, admin }, { timeoutMs, signal });
  await whileAllRun('CLUSTER', [running], back);
}

/**
 * Finds the position of the node's last transaction in its data. Without it, a node that was killed does not know what
 * it has, and gets a copy of everything (Galera documentation, "Recovering the Primary Component").
 *
 * @returns arguments for the server
 */
async function recoveredPosition(request: AgainRequest): Promise<readonly string[]> {
  const { flavor, spec, args, logDirectory, signal } = request;
  if (flavor.wsrep === undefined) return [];
  const logFile = join(logDirectory, `${spec.name}-recovery.log`);
  const code = await runToEnd({
    ...spec,
    logFile,
    args: [...args, ...flavor.wsrep.recoverArguments],
    signal,
  });
  if (code !== 0)
    throw new HarnessError('CLUSTER', `${spec.name} can't find the position of its data`, {
      hint: `its log is in ${logFile}`,
    });
  return flavor.wsrep.startArgumentsAfter(readFileSync(logFile, 'utf8'));
}
