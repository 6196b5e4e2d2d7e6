import type { DatagramTap } from '../load/transport/sockets.js';
import { CaptureWriter } from '../observations/import/capture/file/writer.js';
import type { Cleanup } from '../processes/cleanup.js';
import type { StartedSystem } from '../providers/provider.js';

/** A file with what clients and servers send, as tcpdump and `analyze` read it. */
export interface Capture {
  /** Takes each message of the harness; absent where the messages are seen on their way. */
  tap?: DatagramTap;
  /** Ends it once all is in the file. Errors: STORAGE. */
  close: () => Promise<void>;
}

/**
 * Begins a capture: on the links between clients and servers, or, where nobody sees them, at the harness's sockets.
 * Errors: STORAGE, PREREQUISITE.
 *
 * @param cleanup takes what ends it if nobody else does
 * @param failed is told of a capture that ends early
 */
export async function beginCapture(
  file: string,
  { record }: Pick<StartedSystem, 'record'>,
  { cleanup, failed }: { cleanup: Pick<Cleanup, 'push'>; failed: (error: unknown) => void },
): Promise<Capture> {
  if (record !== undefined) {
    const recording = await record(file, failed);
    return { close: () => recording.end() };
  }
  const writer = new CaptureWriter(file);
  cleanup.push('the capture', () => writer.close());
  return {
    tap: (...message) => writer.append(...message),
    close: () => Promise.resolve().then(() => writer.close()),
  };
}
