/**
 * What has been started and must be ended, newest first. Each stage of a run pushes what it opened the moment it is
 * open, so that a failure or a signal half-way leaves nothing behind.
 */
export class Cleanup {
  readonly #steps: { what: string; close: () => Promise<void> | void }[] = [];
  #closing: Promise<readonly CleanupFailure[]> | undefined;

  push(what: string, close: () => Promise<void> | void): void {
    this.#steps.push({ what, close });
  }

  /** Runs every step once, also when another step fails. A second call waits for the first. */
  close(): Promise<readonly CleanupFailure[]> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<readonly CleanupFailure[]> {
    const failures: CleanupFailure[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.close();
      } catch (error) {
        failures.push({ what: step.what, error });
      }
    }
    return failures;
  }
}

export interface CleanupFailure {
  what: string;
  error: unknown;
}
