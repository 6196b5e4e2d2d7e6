import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { external } from '../scenario/schema/external.js';
import { findExternalServers } from './external.js';

let directory: string;
let server: Server | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'external-'));
});
afterEach(async () => {
  if (server !== undefined) await once(server.close(), 'close');
  server = undefined;
  rmSync(directory, { recursive: true });
});

/** A Kea that answers these commands and refuses all others. */
async function kea(answers: Record<string, object>): Promise<string> {
  const path = join(directory, 'kea.sock');
  server = createServer((connection) => {
    connection.once('data', (text) => {
      const { command } = JSON.parse(text.toString()) as { command: string };
      connection.end(JSON.stringify(answers[command] ?? { result: 2, text: 'not supported' }));
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return path;
}

async function found(control: string | undefined) {
  const dhcp4 = { address: '10.0.0.1', relay: '10.0.0.9', ...(control === undefined ? {} : { control }) };
  const stated = external.parse({
    nodes: [{ host: '10.0.0.1' }],
    user: 'reader',
    passwordEnvironment: 'PASSWORD',
    servers: [{ node: 1, dhcp4 }],
    subnets: { dhcp4: { id: 7 } },
    leaseBudget: 10,
    consent: true,
  });
  if (stated === undefined) throw new Error('no external block');
  const [first] = await findExternalServers(stated, ['dhcp4']);
  return first;
}

const VERSION = { 'version-get': { result: 0, text: '2.6.3' } };

describe('a server that someone else runs', () => {
  it('is asked for the same facts as a server that the harness starts', async () => {
    const control = await kea({
      ...VERSION,
      'status-get': {
        result: 0,
        arguments: { 'multi-threading-enabled': true, 'thread-pool-size': 4 },
      },
      'config-get': {
        result: 0,
        arguments: {
          Dhcp4: {
            subnet4: [{ id: 1, allocator: 'iterative' }],
            'shared-networks': [{ allocator: 'random', subnet4: [{ id: 7, 'offer-lifetime': 60 }] }],
          },
        },
      },
    });
    expect(await found(control)).toMatchObject({
      version: '2.6.3',
      threads: 4,
      allocation: { allocator: 'random', pdAllocator: null, offerLifetime: 60 },
    });
  });

  it('is described by the facts that it tells', async () => {
    const server = await found(await kea(VERSION));
    expect(server).toMatchObject({ version: '2.6.3', threads: 0 });
    expect(server).not.toHaveProperty('allocation');
    expect(await found(undefined)).toMatchObject({ version: '' });
  });

  it('must answer if the scenario names its control channel', async () => {
    await expect(found(join(directory, 'none'))).rejects.toMatchObject({ code: 'KEA' });
  });
});
