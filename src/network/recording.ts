import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { HarnessError } from '../errors.js';
import { whileAllRun } from '../processes/guard.js';
import { lastLinesOf, ManagedProcess, type ProcessSpec } from '../processes/managed-process.js';
import { until } from '../processes/wait.js';
import { MIRRORED } from './switch/mirror.js';
import type { Counter } from './switch/rules.js';

export interface RecordingRequest extends Omit<ProcessSpec, 'name'> {
  /** The pcap file that tcpdump writes. */
  file: string;
  /** What the switches have mirrored. */
  mirrored: () => Promise<readonly Counter[]>;
  /** Told if the recording ends before it is asked to. */
  failed: (error: HarnessError) => void;
  timeoutMs: number;
  signal: AbortSignal;
}

const FILE_HEADER_BYTES = 24;
/** The header that a pcap file has for each packet, and the one of Ethernet. */
const HEADER_BYTES = 16 + 14;

/** tcpdump as it writes what the switches mirror into a file. */
export class Recording {
  readonly #request: RecordingRequest;
  readonly #tcpdump: ManagedProcess;

  private constructor(request: RecordingRequest, tcpdump: ManagedProcess) {
    this.#request = request;
    this.#tcpdump = tcpdump;
    void tcpdump.ended.then(() => {
      if (!tcpdump.asked) request.failed(this.#failure(`tcpdump ended (${tcpdump.how ?? ''})`));
    });
  }

  /** Starts it, and waits until all messages are recorded from now on. Errors: PREREQUISITE. */
  static async start(request: RecordingRequest): Promise<Recording> {
    const { logFile, timeoutMs, signal } = request;
    const tcpdump = ManagedProcess.start({ ...request, name: 'tcpdump' });
    const begun = () => {
      const said = lastLinesOf(logFile, 20);
      return ['listening on', MIRRORED].every((one) => said.some((line) => line.includes(one))) || undefined;
    };
    try {
      const isReady = await whileAllRun('PREREQUISITE', [tcpdump], signal, (signal) =>
        until(begun, { timeoutMs, signal }),
      );
      if (isReady === undefined)
        throw new HarnessError('PREREQUISITE', 'tcpdump did not begin in time', {
          hint: `its log is ${logFile}`,
        });
    } catch (error) {
      await tcpdump.stop('SIGKILL');
      throw error;
    }
    return new Recording(request, tcpdump);
  }

  /**
   * Ends it once all that was mirrored is in the file. A second call does nothing.
   * Errors: STORAGE where the file lacks a part of it.
   */
  async end(): Promise<void> {
    if (!this.#tcpdump.running || this.#tcpdump.asked) return;
    const { file, mirrored } = this.#request;
    const { signal } = new AbortController();
    const sizeOfAll = (await mirrored()).reduce(
      (sum, { packets, bytes }) => sum + packets * HEADER_BYTES + bytes,
      FILE_HEADER_BYTES,
    );
    const isWhole = () => !this.#tcpdump.running || statSync(file).size >= sizeOfAll || undefined;
    await until(isWhole, { timeoutMs: WRITTEN_WITHIN_MS, signal });
    await this.#tcpdump.stop('SIGINT');
    const { size } = statSync(file);
    if (size < sizeOfAll) throw this.#failure(`it has ${size} of ${sizeOfAll} bytes`);
  }

  /** Ends it, whatever is still to be written. */
  async abandon(): Promise<void> {
    await this.#tcpdump.stop('SIGINT');
  }

  #failure(what: string): HarnessError {
    const { file, logFile } = this.#request;
    return new HarnessError('STORAGE', `the capture ${basename(file)} is not complete: ${what}`, {
      hint: `its log is ${logFile}; free space on the disk, or leave --capture away`,
    });
  }
}

/** tcpdump hands a packet on after a second at the latest. */
const WRITTEN_WITHIN_MS = 10_000;
