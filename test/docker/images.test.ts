import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { connectEngine } from '../../src/docker/engine.js';
import { ensureBase } from '../../src/docker/images/base.js';
import { ensureImage, type ImageRequest } from '../../src/docker/images/image.js';
import { removeImages } from '../../src/docker/images/remove.js';
import { recipeOf } from '../../src/docker/images/role.js';
import { outputOf, runBeside, runInImage, startContainer } from '../support/containers.js';
import { eventually } from '../support/wait.js';

let engine: Docker;
let said: string[] = [];

beforeAll(async () => {
  engine = await connectEngine();
});

const ensure = async (
  wish: Pick<ImageRequest, 'role' | 'suite'> & Partial<ImageRequest>,
): Promise<string> => {
  said = [];
  const say = (message: string) => said.push(message);
  const { signal } = new AbortController();
  const { reference } = await ensureImage({ engine, signal, say, ...wish });
  return reference;
};

/** The containers and images that building a suite's images could leave behind. */
async function leftOf(suite: string): Promise<string[]> {
  const containers = await engine.listContainers({ all: true });
  const images = await engine.listImages();
  const names = [
    ...containers.flatMap(({ Names }) => Names),
    ...images.flatMap(({ RepoTags }) => RepoTags ?? []),
  ];
  return names.filter((name) => name.includes(suite) || name.includes('unfinished'));
}

describe.each([
  ['bookworm', '2.2'],
  ['trixie', '2.6'],
  ['sid', '3.0'],
])('the Kea image of %s', (suite, version) => {
  let image: string;
  beforeAll(async () => {
    image = await ensure({ role: 'kea', suite });
  });

  test(`has Kea ${version} for both families, perfdhcp and the lease schema`, async () => {
    const script = [
      'set -e',
      'kea-dhcp4 -v',
      'kea-dhcp6 -v',
      'perfdhcp -v',
      'test -s /usr/share/kea/scripts/mysql/dhcpdb_create.mysql',
    ].join('\n');
    const { code, output } = await runInImage(engine, { image, command: ['sh', '-c', script] });
    const versions = output.trim().split('\n');
    expect(versions.map((line) => /\d+\.\d+/.exec(line)?.[0])).toEqual([version, version, version]);
    expect(code).toBe(0);
  });

  test('runs a server as an unprivileged user, and the server answers on a control socket', async () => {
    const configuration = {
      Dhcp4: {
        'interfaces-config': { interfaces: ['*'], 'dhcp-socket-type': 'udp' },
        'lease-database': { type: 'memfile', persist: false },
        'control-socket': { 'socket-type': 'unix', 'socket-name': '/run/kea/dhcp4.sock' },
      },
    };
    const start = `echo '${JSON.stringify(configuration)}' >/tmp/kea.json; exec kea-dhcp4 -c /tmp/kea.json`;
    const server = await startContainer(engine, { image, command: ['sh', '-c', start] });
    try {
      const ready = ['kea-ready', '/run/kea/dhcp4.sock'];
      await eventually('the server is ready', async () => (await runBeside(server, ready)).code === 0);
      const { output: status } = await runBeside(server, ['grep', '^Uid:', '/proc/1/status']);
      expect(status).toMatch(/^Uid:\s+[1-9]/);
      // The command must fail for a server that is not there.
      expect(await runBeside(server, ['kea-ready', '/run/kea/other.sock'])).toMatchObject({ code: 1 });
    } finally {
      await server.remove({ force: true, v: true });
    }
  });

  test('is built once', async () => {
    expect(await ensure({ role: 'kea', suite })).toBe(image);
    expect(said).toEqual([]);
    expect((await engine.getImage(image).inspect()).Config.Labels).toMatchObject({
      'org.kea-lease-conformance.role': 'kea',
      'org.kea-lease-conformance.suite': suite,
    });
  });
});

describe('the Galera image of bookworm', () => {
  const password = `it's ${randomBytes(6).toString('hex')} \\ "quoted"`;
  const schemaOf = { environment: { KEA_DB_PASSWORD: password }, command: ['kea-schema', 'node-1'] };
  let network: Docker.Network;
  let kea: string;
  let nodes: Docker.Container[] = [];

  beforeAll(async () => {
    const image = await ensure({ role: 'galera', suite: 'bookworm' });
    kea = await ensure({ role: 'kea', suite: 'bookworm' });
    network = await engine.createNetwork({
      Name: `images-test-${randomBytes(4).toString('hex')}`,
      Internal: true,
      CheckDuplicate: true,
    });
    const start = (hostname: string, more: Record<string, string>) =>
      startContainer(engine, {
        image,
        command: ['galera-node', '--innodb-buffer-pool-size=64M'],
        environment: { GALERA_NODES: 'node-1,node-2', ...more },
        network: network.id,
        hostname,
      });
    nodes = [await start('node-1', { GALERA_FIRST: 'yes', KEA_DB_PASSWORD: password })];
    await allAre(1);
    nodes.push(await start('node-2', {}));
    await allAre(2);
  });

  afterAll(async () => {
    for (const node of nodes) await node.remove({ force: true, v: true });
    await network.remove();
  });

  /** Whether every node reports this size of the cluster. */
  const allAre = (size: number): Promise<boolean> =>
    eventually(`${size} nodes are ready`, async () => {
      const ready = ['galera-ready', String(size)];
      const codes = await Promise.all(nodes.map(async (node) => (await runBeside(node, ready)).code));
      if (codes.every((code) => code === 0)) return true;
      for (const node of nodes) {
        if (!(await node.inspect()).State.Running)
          throw new Error(`a node has ended:\n${await outputOf(node)}`);
      }
      return false;
    });

  test('joins its nodes, which do not count as a larger cluster', async () => {
    for (const node of nodes) {
      expect((await runBeside(node, ['galera-ready', '3'])).code).toBe(1);
    }
  });

  test('holds Kea’s schema on every node, loaded once and found the second time', async () => {
    for (const host of ['node-1', 'node-2']) {
      const loaded = await runInImage(engine, {
        ...schemaOf,
        image: kea,
        network: network.id,
        command: ['kea-schema', host],
      });
      expect(loaded).toEqual({ code: 0, output: 'lease schema 14.0\n' });
    }
  });

  test('refuses another password, and keeps the right one out of the server’s environment and arguments', async () => {
    const wrong = { ...schemaOf, environment: { KEA_DB_PASSWORD: 'another' } };
    const refused = await runInImage(engine, { ...wrong, image: kea, network: network.id });
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('Access denied');
    for (const node of nodes) {
      const seen = await runBeside(node, [
        'sh',
        '-c',
        'cat /proc/1/environ /proc/1/cmdline | tr "\\0" "\\n"',
      ]);
      expect(seen.output).toContain('mariadbd');
      expect(seen.output).not.toContain(password);
    }
  });
});

describe('an image that can’t be had ends in one clear error and leaves nothing', () => {
  test('a suite that the mirror does not have', async () => {
    await expect(ensure({ role: 'kea', suite: 'no-such-suite' })).rejects.toMatchObject({
      code: 'PREREQUISITE',
      exitCode: 69,
      message: expect.stringMatching(
        /debian:no-such-suite-slim can't be pulled: .*; and a base image can't be made/s,
      ) as string,
    });
    expect(await leftOf('no-such-suite')).toEqual([]);
  });

  test('an image whose registry does not answer', async () => {
    const base = 'localhost:1/percona/percona-xtradb-cluster:8.0';
    await expect(ensure({ role: 'percona', suite: '8.0', base })).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: expect.stringContaining(`the image ${base} can't be pulled: `) as string,
      hint: expect.stringContaining('docker load') as string,
    });
  });

  test('an image that does not build: its last lines say why', async () => {
    // The base image's user may not install packages.
    const base = await ensure({ role: 'kea', suite: 'bookworm' });
    await expect(ensure({ role: 'galera', suite: 'bookworm', base })).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: expect.stringMatching(
        /can't be built:\n.*(Permission denied|returned a non-zero code)/s,
      ) as string,
    });
  });

  test('an aborted build', async () => {
    const { signal } = new AbortController();
    const { reference: base } = await ensureBase({ engine, suite: 'bookworm', signal, say: () => undefined });
    const wish = { role: 'kea', suite: 'bookworm', base } as const;
    const before = await containers();
    const interruption = new AbortController();
    const build = ensure({ ...wish, signal: interruption.signal });
    const settled = build.catch((error: unknown) => error);
    await eventually('the build runs', async () => (await containers()).some((id) => !before.includes(id)));
    interruption.abort(new Error('enough'));
    expect(await settled).toMatchObject({ message: 'enough' });
    await eventually('its container is gone', async () =>
      (await containers()).every((id) => before.includes(id)),
    );
    const { reference } = recipeOf('kea', 'bookworm', base);
    await expect(engine.getImage(reference).inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  const containers = async (): Promise<string[]> =>
    (await engine.listContainers({ all: true })).map(({ Id }) => Id);
});

test('images are removed by their names, but not one that a container uses', async () => {
  const name = `klc-removed-${randomBytes(4).toString('hex')}`;
  const image = await ensure({ role: 'kea', suite: 'bookworm' });
  const container = await startContainer(engine, { image, command: ['sleep', '600'] });
  const containers = [container];
  try {
    await container.commit({ repo: `${name}/used`, tag: '1' });
    await container.commit({ repo: `${name}/unused`, tag: '1' });
    containers.push(await startContainer(engine, { image: `${name}/used:1`, command: ['sleep', '600'] }));
    expect(await removeImages(engine, `${name}/*`)).toEqual({
      removed: [{ reference: `${name}/unused:1`, bytes: expect.any(Number) as number }],
      used: [`${name}/used:1`],
    });
  } finally {
    for (const one of containers) await one.remove({ force: true, v: true });
  }
  expect(await removeImages(engine, `${name}/*`)).toMatchObject({
    removed: [{ reference: `${name}/used:1` }],
  });
  expect(await leftOf(name)).toEqual([]);
});
