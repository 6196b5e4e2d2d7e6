import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../errors.js';
import type { Abilities } from '../faults/abilities.js';
import { whileAllRun } from '../processes/guard.js';
import type { Restartable } from '../processes/restartable.js';
import type { DatabaseFlavor, WsrepFaults } from './flavors/flavor.js';
import type { DatabaseAccess } from './started-cluster.js';

/** A node that the harness has started, as a process or in a container. */
export interface OwnNode {
  name: string;
  flavor: DatabaseFlavor;
  running: Restartable;
  admin: DatabaseAccess;
  /** The directory with its data, as the harness sees it. */
  dataDirectory: string;
  /** Starts its server again, with these arguments beside those that it always has. */
  again: (args: readonly string[]) => Promise<void>;
  /** Runs its server with these arguments beside those that it always has, until it ends. */
  runToEnd: (args: readonly string[], signal: AbortSignal) => Promise<EndedServer>;
  /** How long the node may take until it takes part in the cluster again. */
  timeoutMs: number;
}

export interface EndedServer {
  /** The exit code; null where a signal ended it. */
  code: number | null;
  printed: string;
  /** Where what it printed is kept. */
  logFile: string;
}

/** What faults can do to a node that the harness has started. */
export function nodeAbilities(node: OwnNode): Abilities {
  const { running, admin } = node;
  const { waitUntilBack, wsrep } = node.flavor;
  if (waitUntilBack === undefined) return running.abilities;
  const start = async (args: readonly string[], signal: AbortSignal): Promise<void> => {
    await node.again(args);
    const { name, timeoutMs } = node;
    await whileAllRun('CLUSTER', [running], signal, (signal) =>
      waitUntilBack({ name, admin }, { timeoutMs, signal }),
    );
  };
  if (wsrep === undefined) return { ...running.abilities, start: (signal) => start([], signal) };
  return {
    ...running.abilities,
    isolate: () => wsrep.isolate(admin, true),
    rejoin: () => wsrep.isolate(admin, false),
    wipe: () => emptied(node.dataDirectory),
    start: async (signal) => start(await startArguments(node, wsrep, signal), signal),
    async recover(signal) {
      const position = await recoveredPosition(node, wsrep, signal);
      await forgetTogether(node.dataDirectory);
      return position?.seqno ?? -1;
    },
    async startFirst(signal) {
      await allowToBegin(node.dataDirectory);
      await start([...wsrep.beginArguments, ...(await startArguments(node, wsrep, signal))], signal);
    },
  };
}

async function startArguments(
  node: OwnNode,
  wsrep: WsrepFaults,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const position = await recoveredPosition(node, wsrep, signal);
  return position === undefined ? [] : wsrep.startArguments(position.text);
}

/**
 * Finds the position of the node's last transaction in its data. Without it, a node that was killed does not know what
 * it has, and gets a copy of everything (Galera documentation, "Recovering the Primary Component").
 *
 * @returns undefined for a node without data, and one that says nothing of it
 */
async function recoveredPosition(
  { name, dataDirectory, runToEnd }: OwnNode,
  { recoverArguments, recoveredPosition: found }: WsrepFaults,
  signal: AbortSignal,
): Promise<{ text: string; seqno: number } | undefined> {
  if (!existsSync(join(dataDirectory, SAVED_STATE))) return undefined;
  const { code, printed, logFile } = await runToEnd(recoverArguments, signal);
  if (code !== 0)
    throw new HarnessError('CLUSTER', `${name} can't find the position of its data`, {
      hint: `its log is in ${logFile}`,
    });
  const text = found(printed);
  if (text === undefined) return undefined;
  return { text, seqno: Number(text.slice(text.lastIndexOf(':') + 1)) };
}

/** What a node writes down of its data: the cluster, the last transaction, whether it may begin the cluster. */
const SAVED_STATE = 'grastate.dat';
/** Which nodes it was last together with. */
const LAST_COMPONENT = 'gvwstate.dat';

/** Lets a node begin the cluster that was not the last to leave it in order. */
async function allowToBegin(dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, SAVED_STATE);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^safe_to_bootstrap:.*$/m, 'safe_to_bootstrap: 1'));
}

async function forgetTogether(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, LAST_COMPONENT), { force: true });
}

/** The directory itself stays, with its owner. */
async function emptied(directory: string): Promise<void> {
  const names = await readdir(directory);
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}
