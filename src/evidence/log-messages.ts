import { open } from 'node:fs/promises';
import type { LastMessage, LogMessageCount } from './system.js';

/** `2026-11-23 02:20:03.922 INFO  [kea-dhcp4.dhcp4/8024.1396] DHCP4_STARTING Kea DHCPv4 server …` */
const MESSAGE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) ([A-Z]+) +\[[^\]]*\] ([A-Z][A-Z0-9_]+)/;
/** The error code as Kea's MySQL connection writes it: `reason: Deadlock found … (error code 1213)`. */
const ERROR_CODE = /\(error code:? (\d+)\)/;
/**
 * A failed statement that only reads, as Kea writes it: `unable to execute for <SELECT address, … FROM lease4 WHERE
 * …>`. A SELECT without FROM calls a function that may write: `<SELECT sflqPickFreeLease4(?,?)>`.
 */
const READ = /<\s*SELECT\b[^<]*\sFROM\s/;

/** What a server's log tells. */
export interface ReadLog {
  messages: LogMessageCount[];
  /** The time of the last message, and when it was written; undefined for a log without messages. */
  last: LastMessage | undefined;
}

/**
 * Counts the messages of a Kea log by identifier, most frequent first, with the database error codes in them. Rejects
 * with the file's error.
 */
export async function readServerLog(file: string): Promise<ReadLog> {
  const counts = new LogMessages();
  const log = await open(file);
  const writtenUnixUs = Math.round((await log.stat()).mtimeMs * 1_000);
  for await (const line of log.readLines()) counts.add(line);
  const { lastAt: at } = counts;
  return { messages: counts.figures(), last: at === undefined ? undefined : { at, writtenUnixUs } };
}

/** Kea since 2.6.2, where it finds that a row has changed when it writes it (`AllocEngine::allocateLease4`). */
const DATA_RACE = 'detected data race';

interface Counted {
  severity: string;
  count: number;
  errorCodes: Record<string, number>;
  readErrorCodes?: Record<string, number>;
  dataRaces?: number;
}

export class LogMessages {
  readonly #counts = new Map<string, Counted>();
  /** The time of the last message, by the server's clock; undefined after a line that begins no message. */
  lastAt: string | undefined;

  /** Counts the message that a line begins. Ignores a line that begins no message. */
  add(line: string): void {
    const [, at, severity, identifier] = MESSAGE.exec(line) ?? [];
    this.lastAt = at;
    if (severity === undefined || identifier === undefined) return;
    let message = this.#counts.get(identifier);
    if (message === undefined) {
      this.#counts.set(identifier, (message = { severity, count: 0, errorCodes: {} }));
    }
    message.count++;
    if (line.includes(DATA_RACE)) message.dataRaces = (message.dataRaces ?? 0) + 1;
    const code = ERROR_CODE.exec(line)?.[1];
    if (code === undefined) return;
    addOne(message.errorCodes, code);
    if (READ.test(line)) addOne((message.readErrorCodes ??= {}), code);
  }

  figures(): LogMessageCount[] {
    const figures = [...this.#counts].map(([identifier, message]) => ({ identifier, ...message }));
    return figures.sort((a, b) => b.count - a.count || (a.identifier < b.identifier ? -1 : 1));
  }
}

function addOne(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
