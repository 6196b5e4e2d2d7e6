import { open } from 'node:fs/promises';
import type { LostDatabase } from './faults.js';

/**
 * Kea's messages about its connection with the lease database (Kea Messages Manual, "DHCP4", "DHCP6"). It writes the
 * first one for the loss, and again for each attempt that failed.
 */
const MESSAGE =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d+) [A-Z]+ +\[[^\]]*\] DHCP[46]_DB_RECONNECT_(LOST_CONNECTION|SUCCEEDED)\b/;

/**
 * When a server lost its database and had it again, as its log says. Rejects with the file's error.
 *
 * @param file a log whose times are in UTC
 * @param toRunUs the run's clock, microseconds, of a time in milliseconds since 1970
 */
export async function lostDatabases(
  server: string,
  file: string,
  toRunUs: (ms: number) => number,
): Promise<LostDatabase[]> {
  const log = await open(file);
  const found = new LostDatabases(server, toRunUs);
  for await (const line of log.readLines()) found.add(line);
  return found.all;
}

export class LostDatabases {
  readonly all: LostDatabase[] = [];
  readonly #server: string;
  readonly #toRunUs: (ms: number) => number;
  #open: LostDatabase | undefined;

  constructor(server: string, toRunUs: (ms: number) => number) {
    this.#server = server;
    this.#toRunUs = toRunUs;
  }

  add(line: string): void {
    const [, day, time, what] = MESSAGE.exec(line) ?? [];
    if (day === undefined || time === undefined) return;
    const atUs = Math.round(this.#toRunUs(Date.parse(`${day}T${time}Z`)));
    if (what === 'SUCCEEDED') {
      if (this.#open !== undefined) this.#open.backAtUs = atUs;
      this.#open = undefined;
    } else if (this.#open === undefined) {
      this.#open = { server: this.#server, lostAtUs: atUs, backAtUs: null, failedAttempts: 0 };
      this.all.push(this.#open);
    } else this.#open.failedAttempts++;
  }
}
