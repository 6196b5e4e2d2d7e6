import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeWatch, stateIn } from './node-watch.js';

let silent: Server;
let port: number;

/** Takes connections and says nothing, as a frozen node does. */
beforeEach(async () => {
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(() => {
  silent.close();
});

const node = (name: string, at: number) => {
  const access = { host: '127.0.0.1', port: at, user: 'nobody', password: '', database: 'kea' };
  return { name, kea: access, admin: access };
};

describe('a node that is watched', () => {
  it('is silent if it takes connections and answers nothing, or takes none', async () => {
    const watch = new NodeWatch([node('node-1', port), node('node-2', 1)], () => performance.now() * 1_000);
    await expect.poll(() => watch.states.length, { timeout: 60_000 }).toBe(2);
    await watch.end();
    const states = watch.states.map(({ node: name, status, size }) => [name, status, size]);
    expect(states.sort()).toEqual([
      ['node-1', 'silent', null],
      ['node-2', 'silent', null],
    ]);
  });

  it('is in no new state because the watch ends', async () => {
    const watch = new NodeWatch([node('node-1', port)], () => performance.now() * 1_000);
    await watch.end();
    expect(watch.states).toEqual([]);
  });
});

describe('the state of a node', () => {
  it('has the number and the members of its view', () => {
    expect(
      stateIn({
        wsrep_cluster_status: 'Primary',
        wsrep_local_state_comment: 'Synced',
        wsrep_cluster_size: '2',
        wsrep_cluster_conf_id: '4',
        wsrep_incoming_addresses: '127.0.0.1:4003,127.0.0.1:4001',
      }),
    ).toEqual({
      status: 'Primary',
      state: 'Synced',
      size: 2,
      view: '4',
      members: ['127.0.0.1:4001', '127.0.0.1:4003'],
    });
  });

  it('is that it serves, without replication', () => {
    expect(stateIn({})).toEqual({ status: 'serving', state: '', size: null });
  });
});
