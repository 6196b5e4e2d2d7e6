import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotWrite } from '../files/cannot-write.js';

/** The files that one run leaves behind. Errors of its methods: STORAGE. */
export class RunDirectory {
  readonly path: string;

  /** @param path an empty directory */
  constructor(path: string) {
    this.path = path;
    this.#guard('logs', () => mkdirSync(this.logs));
  }

  /** Logs and configurations of nodes and servers. */
  get logs(): string {
    return join(this.path, 'logs');
  }

  writeJson(name: string, value: unknown): void {
    this.writeText(name, JSON.stringify(value, null, 2) + '\n');
  }

  writeText(name: string, text: string): void {
    this.#guard(name, () => writeFileSync(join(this.path, name), text));
  }

  /** Appends a line to `run.log`. */
  log(text: string): void {
    this.#guard('run.log', () =>
      appendFileSync(join(this.path, 'run.log'), `${new Date().toISOString()} ${text}\n`),
    );
  }

  #guard(name: string, work: () => unknown): void {
    try {
      work();
    } catch (error) {
      throw cannotWrite(join(this.path, name), error);
    }
  }
}
