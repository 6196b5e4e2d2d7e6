import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';

/** What one run leaves behind. */
export class RunDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
    this.guard('logs', () => mkdirSync(this.logs));
  }

  /**
   * Makes `reports/SCENARIO/UTCSTAMP/` below the working directory, or `out` where that is named.
   * Errors: STORAGE where it can't be made; USAGE where `out` is there and not empty.
   */
  static create(scenario: string, out: string | undefined, now: Date): RunDirectory {
    if (out !== undefined) return RunDirectory.#at(resolve(out));
    const parent = resolve('reports', scenario);
    const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
    makeDirectory(parent);
    for (let again = 1; ; again++) {
      const path = join(parent, again === 1 ? stamp : `${stamp}-${again}`);
      try {
        mkdirSync(path);
        return new RunDirectory(path);
      } catch (error) {
        // Another run began within the same second.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannot(path, error);
      }
    }
  }

  static #at(path: string): RunDirectory {
    makeDirectory(path);
    if (readdirSync(path).length > 0) {
      throw new HarnessError('USAGE', `--out ${path} is not empty`, {
        hint: 'name a directory that is empty or does not exist, so that nothing is overwritten',
      });
    }
    return new RunDirectory(path);
  }

  /** Logs and configurations of nodes and servers. */
  get logs(): string {
    return join(this.path, 'logs');
  }

  writeJson(name: string, value: unknown): void {
    this.writeText(name, JSON.stringify(value, null, 2) + '\n');
  }

  writeText(name: string, text: string): void {
    this.guard(name, () => writeFileSync(join(this.path, name), text));
  }

  /** A line in `run.log`. */
  log(text: string): void {
    this.guard('run.log', () =>
      appendFileSync(join(this.path, 'run.log'), `${new Date().toISOString()} ${text}\n`),
    );
  }

  /** Lets `reports/latest` point here, if this is one of `reports/`. */
  markLatest(): void {
    const reports = resolve('reports');
    if (!this.path.startsWith(reports + '/')) return;
    const fresh = join(reports, `.latest-${process.pid}`);
    try {
      symlinkSync(this.path.slice(reports.length + 1), fresh);
      renameSync(fresh, join(reports, 'latest'));
    } catch {
      // The pointer is a convenience; what stands at its place is not ours to remove.
      rmSync(fresh, { force: true });
    }
  }

  private guard(name: string, work: () => unknown): void {
    try {
      work();
    } catch (error) {
      throw cannot(join(this.path, name), error);
    }
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw cannot(path, error);
  }
}

function cannot(path: string, error: unknown): HarnessError {
  return new HarnessError('STORAGE', `${path} can't be written: ${messageOf(error)}`, {
    hint: 'make room, or name another place with --out',
    cause: error,
  });
}
