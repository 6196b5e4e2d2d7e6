import { counted } from '../../numbers.js';
import {
  seenOf,
  type LogMessageCount,
  type ServerEvidence,
  type SystemEvidence,
} from '../../evidence/system.js';

/** MySQL's error number for a deadlock. Galera gives it to a transaction that loses a certification race. */
export const LOST_RACE = '1213';

/**
 * How often the log of each server of a case has one of these messages.
 *
 * @param errorCode if given, only messages with this error code count
 * @returns undefined for a server whose log nobody saw
 */
export function messagesOf(
  { servers }: Pick<SystemEvidence, 'servers'>,
  caseName: string,
  identifiers: ReadonlySet<string>,
  errorCode?: string,
): (server: string) => number | undefined {
  return (server) => {
    const of = servers.find(({ name }) => name === `${caseName} ${server}`);
    const log = of === undefined ? undefined : seenOf(of.log);
    return log
      ?.filter(({ identifier }) => identifiers.has(identifier))
      .reduce((sum, { count, errorCodes }) => {
        return sum + (errorCode === undefined ? count : (errorCodes[errorCode] ?? 0));
      }, 0);
  };
}

/**
 * Compares violations, each given by the server where it happened, with the messages of that server. Returns how many
 * there are of each; undefined if a server has fewer messages than violations.
 */
export function explainedByServer(
  violations: readonly string[],
  messages: (server: string) => number | undefined,
): { violations: number; messages: number } | undefined {
  const byServer = new Map<string, number>();
  for (const server of violations) byServer.set(server, (byServer.get(server) ?? 0) + 1);
  let sum = 0;
  for (const [server, count] of byServer) {
    const logged = messages(server) ?? 0;
    if (logged < count) return undefined;
    sum += logged;
  }
  return { violations: violations.length, messages: sum };
}

/** What a server's log has of a message; undefined if it has none, or if nobody saw the log. */
export function loggedBy({ log }: ServerEvidence, identifier: string): LogMessageCount | undefined {
  return seenOf(log)?.find((message) => message.identifier === identifier);
}

/** `1 DISCOVER`, `2 DISCOVERs` */
export function plural(count: number, what: string): string {
  return counted(count, what, `${what}s`);
}
