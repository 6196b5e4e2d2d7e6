import { open } from 'node:fs/promises';
import type { LostDatabase } from './faults.js';

/**
 * Kea's messages about its connection with the lease database (Kea Messages Manual, "DHCP4", "DHCP6"), and those of its
 * start. It writes `LOST_CONNECTION` for the loss, and again for each attempt that failed. `DISABLED` (it may not try)
 * and `FAILED` (it has tried as often as it may) are its last words on the matter: it then ends with exit code 1,
 * unless `on-fail` is `serve-retry-continue`. A server that does not get its database at its start says
 * `CONFIG_LOAD_FAIL` and ends with the same code. One that is asked to end, by SIGTERM, ends with code 0 and says
 * nothing of its database. Seen with 2.2.0, 2.6.3 and 3.0.4.
 */
const MESSAGE =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d+) [A-Z]+ +\[[^\]]*\] DHCP[46]_(DB_RECONNECT_LOST_CONNECTION|DB_RECONNECT_SUCCEEDED|DB_RECONNECT_DISABLED|DB_RECONNECT_FAILED|STARTING|STARTED|CONFIG_LOAD_FAIL .*Unable to open database)\b/;

/**
 * What a server's log says of its database. Rejects with the file's error.
 *
 * @param file a log whose times are in UTC
 * @param toRunUs the run's clock, microseconds, of a time in milliseconds since 1970
 */
export async function lostDatabases(
  server: string,
  file: string,
  toRunUs: (ms: number) => number,
): Promise<LostDatabases> {
  const log = await open(file);
  const found = new LostDatabases(server, toRunUs);
  for await (const line of log.readLines()) found.add(line);
  return found;
}

/** Why a server ends by itself for want of its database, as its log says. */
export interface GaveUp {
  /** Whether it had its database when it was last started, or did not get it then. */
  when: 'serving' | 'starting';
  /** When it lost its database, or did not get it at its start. */
  lostAtUs: number;
}

/**
 * With `retry-on-startup`, a server that does not get its database says `STARTED` all the same, and `LOST_CONNECTION` at
 * once: after 17 ms in a run of 3.0.4.
 */
const AT_ITS_START_US = 1_000_000;

/** When a server lost its database and had it again. The log may be of several starts, one after the other. */
export class LostDatabases {
  readonly all: LostDatabase[] = [];
  readonly #server: string;
  readonly #toRunUs: (ms: number) => number;
  #open: LostDatabase | undefined;
  /** When the server lost its database since it was last started, if it has not had it again. */
  #lostAtUs: number | undefined;
  #gaveUp: GaveUp | undefined;
  /** What a start has ended, unless the server says right after it that it does not have its database. */
  #endedByStart: { lost: LostDatabase; atUs: number } | undefined;

  constructor(server: string, toRunUs: (ms: number) => number) {
    this.#server = server;
    this.#toRunUs = toRunUs;
  }

  /** Set while the server's last word on its database is that it gives up. */
  get gaveUp(): GaveUp | undefined {
    return this.#gaveUp;
  }

  add(line: string): void {
    const [, day, time, what] = MESSAGE.exec(line) ?? [];
    if (day === undefined || time === undefined || what === undefined) return;
    const atUs = Math.round(this.#toRunUs(Date.parse(`${day}T${time}Z`)));
    switch (what) {
      case 'STARTING':
        this.#lostAtUs = undefined;
        this.#gaveUp = undefined;
        return;
      case 'DB_RECONNECT_SUCCEEDED':
        this.#hasIt(atUs);
        return;
      case 'STARTED':
        this.#endedByStart = this.#open === undefined ? undefined : { lost: this.#open, atUs };
        this.#hasIt(atUs);
        return;
      case 'DB_RECONNECT_LOST_CONNECTION':
        this.#lacksIt(atUs);
        return;
      case 'DB_RECONNECT_DISABLED':
      case 'DB_RECONNECT_FAILED':
        this.#gaveUp = { when: 'serving', lostAtUs: this.#lostAtUs ?? atUs };
        return;
      default:
        this.#lacksIt(atUs);
        this.#gaveUp = { when: 'starting', lostAtUs: atUs };
    }
  }

  #hasIt(atUs: number): void {
    if (this.#open !== undefined) this.#open.backAtUs = atUs;
    this.#open = undefined;
    this.#lostAtUs = undefined;
    this.#gaveUp = undefined;
  }

  #lacksIt(atUs: number): void {
    this.#lostAtUs ??= atUs;
    if (this.#endedByStart !== undefined && atUs - this.#endedByStart.atUs < AT_ITS_START_US) {
      this.#open = this.#endedByStart.lost;
      this.#open.backAtUs = null;
    }
    this.#endedByStart = undefined;
    if (this.#open === undefined) {
      this.#open = { server: this.#server, lostAtUs: atUs, backAtUs: null, failedAttempts: 0 };
      this.all.push(this.#open);
    } else this.#open.failedAttempts++;
  }
}
