import { sendCommand, type ControlAnswer } from './control-socket.js';

/**
 * Opens a server's control channel. `where` is the path of its Unix socket, or the URL of its control agent or, since
 * Kea 3.0, of its own HTTP socket (Kea manual, "Management API").
 */
export function controlChannel(
  where: string,
  service: 'dhcp4' | 'dhcp6',
  timeoutMs = ANSWER_WITHIN_MS,
): (command: string) => Promise<ControlAnswer> {
  if (where.startsWith('/')) return (command) => sendCommand(where, command, timeoutMs);
  return (command) => postCommand(where, command, service, timeoutMs);
}

const ANSWER_WITHIN_MS = 3_000;

async function postCommand(
  url: string,
  command: string,
  service: string,
  timeoutMs: number,
): Promise<ControlAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command, service: [service] }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    // `fetch` says only that it failed; what failed is the cause.
    const { cause } = error as Error;
    throw cause instanceof Error ? cause : error;
  });
  if (!response.ok) throw new Error(`${command} was answered with HTTP status ${response.status}`);
  const answer = (await response.json()) as ControlAnswer | ControlAnswer[];
  // The answer is a list with one entry for each service that the command names.
  const [first] = Array.isArray(answer) ? answer : [answer];
  if (first === undefined) throw new Error(`the answer to ${command} is an empty list`);
  return first;
}
