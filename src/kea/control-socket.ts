import { connect } from 'node:net';

export interface ControlAnswer {
  /** 0 is success (Kea manual, "Management API"). */
  result: number;
  text?: string;
  arguments?: unknown;
}

/**
 * Sends one command to a server's control socket. Rejects with the socket's error, or if the answer is not JSON, or
 * does not come within `timeoutMs`.
 */
export function sendCommand(socketPath: string, command: string, timeoutMs = 3_000): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(timeoutMs, () =>
      socket.destroy(new Error(`no answer to ${command} within ${timeoutMs} ms`)),
    );
    socket.once('error', reject);
    socket.once('connect', () => socket.write(JSON.stringify({ command })));
    socket.on('data', (part: string) => (answer += part));
    socket.once('end', () => {
      socket.destroy();
      try {
        resolve(JSON.parse(answer) as ControlAnswer);
      } catch (error) {
        reject(new Error(`the answer to ${command} is not JSON`, { cause: error }));
      }
    });
  });
}
