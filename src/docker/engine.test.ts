import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { connectEngine, engineError } from './engine.js';

let directory: string;
let server: Server | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'klc-engine-'));
  vi.stubEnv('DOCKER_HOST', `unix://${join(directory, 'docker.sock')}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  server?.close();
  server?.closeAllConnections();
  server = undefined;
  rmSync(directory, { recursive: true });
});

/** Starts a fake engine that gives every request the answer to GET /version. */
function answerVersion(api: string): Promise<void> {
  server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ ApiVersion: api }));
  });
  return new Promise((resolve) => server?.listen(join(directory, 'docker.sock'), resolve));
}

test('without an engine the error says where none runs and how to get one', async () => {
  await expect(connectEngine()).rejects.toMatchObject({
    code: 'PREREQUISITE',
    exitCode: 69,
    message: `no Docker engine runs at unix://${join(directory, 'docker.sock')}`,
    hint: expect.stringContaining('DOCKER_HOST') as string,
  });
});

test('something else at the socket is no engine', async () => {
  writeFileSync(join(directory, 'docker.sock'), '');
  await expect(connectEngine()).rejects.toMatchObject({ code: 'PREREQUISITE' });
});

test.each(['1.40', '1.9', '0.99'])('an engine of API %s is too old', async (api) => {
  await answerVersion(api);
  await expect(connectEngine()).rejects.toMatchObject({
    code: 'PREREQUISITE',
    message: expect.stringContaining(`it speaks API ${api}`) as string,
  });
});

test.each(['1.41', '1.50', '2.0'])('an engine of API %s is taken', async (api) => {
  await answerVersion(api);
  await expect(connectEngine()).resolves.toBeDefined();
});

test('a socket that this user may not open names the group', () => {
  const error = engineError(Object.assign(new Error('connect EACCES'), { code: 'EACCES' }), 'here');
  expect(error).toMatchObject({
    code: 'PREREQUISITE',
    hint: expect.stringContaining('usermod -aG docker') as string,
  });
});

test('the error for a malformed DOCKER_HOST names it', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://[');
  await expect(connectEngine()).rejects.toMatchObject({
    code: 'PREREQUISITE',
    message: expect.stringContaining('DOCKER_HOST') as string,
  });
});
