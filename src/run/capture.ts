import type { StartedSystem } from '../providers/provider.js';

/** A file with what clients and servers send, as tcpdump and `analyze` read it. */
export interface Capture {
  /** Where the load must write it; absent where the messages are seen on their way. */
  byLoad?: string;
  /** Ends it once all is in the file. Errors: STORAGE. */
  close: () => Promise<void>;
}

/**
 * Begins a capture: on the links between clients and servers, or, where nobody sees them, at the sockets of the load,
 * which then writes it itself. Errors: STORAGE, PREREQUISITE.
 *
 * @param failed is told of a capture that ends early
 */
export async function beginCapture(
  file: string,
  { record }: Pick<StartedSystem, 'record'>,
  failed: (error: unknown) => void,
): Promise<Capture> {
  if (record === undefined) return { byLoad: file, close: () => Promise.resolve() };
  const recording = await record(file, failed);
  return { close: () => recording.end() };
}
