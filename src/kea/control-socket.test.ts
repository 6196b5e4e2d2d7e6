import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendCommand } from './control-socket.js';

let directory: string;
let path: string;
let server: Server | undefined;
const connections: Socket[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'control-'));
  path = join(directory, 'kea.sock');
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.destroy();
  if (server !== undefined) await once(server.close(), 'close');
  server = undefined;
  rmSync(directory, { recursive: true });
});

/** A server that reacts to each command as the test says. */
async function serve(answer: (connection: Socket, command: string) => void): Promise<void> {
  server = createServer((connection) => {
    connections.push(connection);
    connection.once('data', (command) => answer(connection, command.toString()));
  });
  server.listen(path);
  await once(server, 'listening');
}

describe('a command to the control socket', () => {
  it('is answered', async () => {
    const commands: string[] = [];
    await serve((connection, command) => {
      commands.push(command);
      connection.end('{"result": 0, "arguments": {"pid": 7}}');
    });
    expect(await sendCommand(path, 'status-get')).toEqual({ result: 0, arguments: { pid: 7 } });
    expect(commands.map((command) => JSON.parse(command) as unknown)).toEqual([{ command: 'status-get' }]);
  });

  it('is answered in parts, cut anywhere, even within a character', async () => {
    const answer = Buffer.from('{"result": 1, "text": "größer als erlaubt"}');
    await serve((connection) => {
      connection.setNoDelay(true);
      const writeFrom = (at: number): void => {
        if (at === answer.length) connection.end();
        else connection.write(answer.subarray(at, at + 1), () => setImmediate(writeFrom, at + 1));
      };
      writeFrom(0);
    });
    expect(await sendCommand(path, 'config-get')).toEqual({ result: 1, text: 'größer als erlaubt' });
  });

  it.each([
    ['no JSON', 'result: 0'],
    ['half an answer', '{"result": 0, "argum'],
    ['nothing', ''],
  ])('fails on %s', async (_, answer) => {
    await serve((connection) => connection.end(answer));
    await expect(sendCommand(path, 'status-get')).rejects.toThrow(/status-get/);
  });

  it.each([
    ['silence', () => undefined],
    ['half an answer and silence', (connection: Socket) => void connection.write('{"result"')],
  ])('fails on %s when its time is up', async (_, answer) => {
    await serve(answer);
    await expect(sendCommand(path, 'status-get', 30)).rejects.toThrow('status-get within 30 ms');
  });

  it('fails where nobody listens', async () => {
    await expect(sendCommand(path, 'status-get')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
