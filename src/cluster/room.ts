import { lstatSync, readdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.js';
import { ROOM_FOR_LIVE_DATA } from '../processes/live-directory.js';

/**
 * Disk space in MB, measured with MariaDB and the harness's own settings: one prepared data directory, and one node
 * at work. Percona takes more.
 */
const PREPARED_MB = 118;
const NODE_AT_WORK_MB = 167;

/**
 * The most disk space in MB that the live data take at one time: either while the prepared data directory is copied
 * for each node, or when the nodes are at work.
 */
export function roomNeededMb(nodes: number): number {
  return Math.max((nodes + 1) * PREPARED_MB, nodes * NODE_AT_WORK_MB);
}

/**
 * Runs `start`, which starts nodes whose live data lie in the run's own `directory`, if the disk has room for them.
 * Settings of the scenario may make the data smaller. Then `start` runs in any case, and only its failure shows that
 * there was too little room.
 *
 * @throws HarnessError STORAGE, before the start or in place of the error that too little room caused
 */
export async function withRoomFor<T>(
  {
    directory,
    nodes,
    settings,
  }: { directory: string; nodes: number; settings: Readonly<Record<string, unknown>> },
  start: () => Promise<T>,
): Promise<T> {
  const isSmaller = Object.keys(settings).some((name) => /size|capacity|provider_options/.test(name));
  const missing = tooLittleRoom(directory, nodes);
  if (missing !== undefined && !isSmaller) throw missing;
  try {
    return await start();
  } catch (error) {
    const mayComeOfIt = error instanceof HarnessError && ['CLUSTER', 'STORAGE'].includes(error.code);
    throw (mayComeOfIt ? tooLittleRoom(directory, nodes, error) : undefined) ?? error;
  }
}

/** The room of a run is the disk space that is free plus what the run itself has taken. */
function tooLittleRoom(directory: string, nodes: number, cause?: Error): HarnessError | undefined {
  const { bavail, bsize } = statfsSync(directory);
  const roomMb = Math.floor((bavail * bsize + bytesBelow(directory)) / 1e6);
  const neededMb = roomNeededMb(nodes);
  if (roomMb >= neededMb) return undefined;
  const what = nodes === 1 ? 'one node' : `${nodes} nodes`;
  return new HarnessError(
    'STORAGE',
    `${dirname(directory)} has room for ${roomMb} MB, and the live data of ${what} takes ${neededMb} MB` +
      (cause === undefined ? '' : `; the start then failed: ${cause.message}`),
    { hint: ROOM_FOR_LIVE_DATA, cause },
  );
}

/** The bytes that the files below the directory take on the disk. A file that disappears meanwhile does not count. */
function bytesBelow(directory: string): number {
  let bytes = 0;
  for (const { name, isDirectory } of entriesOf(directory)) {
    const path = join(directory, name);
    if (isDirectory) bytes += bytesBelow(path);
    else bytes += (lstatSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
  }
  return bytes;
}

function entriesOf(directory: string): { name: string; isDirectory: boolean }[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  } catch {
    return [];
  }
}
