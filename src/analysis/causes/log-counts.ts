import {
  seenOf,
  type LogMessageCount,
  type ServerEvidence,
  type SystemEvidence,
} from '../../evidence/system.js';

/** MySQL's number for a deadlock, which Galera gives to whoever loses a certification race. */
export const LOST_RACE = '1213';

/**
 * How often the log of each server of a case has one of these messages.
 *
 * @param errorCode only those that carry it
 * @returns undefined for a server whose log was not seen
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

/** By server: how many of these it has messages for, and whether for all of them. */
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

/** What a server's log has of a message; undefined where it has none, or was not seen. */
export function loggedBy({ log }: ServerEvidence, identifier: string): LogMessageCount | undefined {
  return seenOf(log)?.find((message) => message.identifier === identifier);
}

/** `1 DISCOVER`, `2 DISCOVERs` */
export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
