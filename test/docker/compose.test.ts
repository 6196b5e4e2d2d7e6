import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { withSession } from '../../src/cluster/session.js';
import { connectEngine } from '../../src/docker/engine.js';
import { readAptSettings } from '../../src/docker/images/apt-settings.js';
import { ensureBase } from '../../src/docker/images/base.js';
import { formatAptSources } from '../../src/packages/archive/sources.js';
import type { StartedServer } from '../../src/kea/started-server.js';
import { CASE_SUBNETS } from '../../src/kea/subnets.js';
import { driveLoad } from '../support/drive-load.js';
import type { Observation } from '../../src/observations/observation.js';
import type { CaseKind } from '../../src/protocol/cases.js';
import { loadScenario } from '../../src/scenario/load.js';
import { eventually } from '../support/wait.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROJECT = `klt${randomBytes(4).toString('hex')}`;
const PASSWORD = randomBytes(16).toString('hex');
const GATEWAY = { v4: '198.19.255.1', v6: 'fd6b:6561:6c63::1' };

const run = promisify(execFile);
let engine: Docker;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  engine = await connectEngine();
  const { signal } = new AbortController();
  const { reference, pulled } = await ensureBase({ engine, suite: 'bookworm', signal, say: () => undefined });
  const { sources, options } = await readAptSettings('bookworm');
  environment = {
    ...process.env,
    // The engine's own builder: BuildKit needs a plugin that not every machine has.
    DOCKER_BUILDKIT: '0',
    KEA_DB_PASSWORD: PASSWORD,
    KEA_BASE: reference,
    GALERA_BASE: reference,
    APT_SOURCES: pulled ? formatAptSources(sources) : '',
    APT_OPTIONS: options,
  };
});

afterAll(async () => {
  await compose('down', '--volumes');
  const filters = { label: [`com.docker.compose.project=${PROJECT}`] };
  expect(await engine.listContainers({ all: true, filters })).toEqual([]);
  expect(await engine.listNetworks({ filters })).toEqual([]);
  expect((await engine.listVolumes({ filters })).Volumes).toEqual([]);
});

/** Runs Compose 2 if the engine's client has it, else docker-compose. */
async function compose(...args: string[]): Promise<string> {
  const hasPlugin = await run('docker', ['compose', 'version']).then(
    () => true,
    () => false,
  );
  const first = hasPlugin ? ['compose'] : [];
  const all = [...first, '--project-name', PROJECT, '--profile', 'galera', ...args];
  const { stdout } = await run(hasPlugin ? 'docker' : 'docker-compose', all, {
    cwd: ROOT,
    env: environment,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

interface ComposeFile {
  services: Record<
    string,
    { command: string[]; networks: { conformance: { ipv4_address: string; ipv6_address: string } } }
  >;
}

/** The servers of a case as the Compose file states them. */
function serversOf({ services }: ComposeFile, kind: CaseKind): StartedServer[] {
  const protocol = kind === 'dhcp4' ? 'dhcp4' : 'dhcp6';
  return [1, 2, 3].map((number) => {
    const service = services[`galera-${protocol}-${number}`];
    if (service === undefined) throw new Error(`no server ${number} for ${protocol}`);
    const { command, networks } = service;
    const after = (option: string): number => Number(command[command.indexOf(option) + 1]);
    const v4 = protocol === 'dhcp4';
    const gateway = v4 ? GATEWAY.v4 : GATEWAY.v6;
    return {
      name: `${kind} server-${number}`,
      kind,
      node: `galera-${number}`,
      version: '',
      subnets: [v4 ? { ...CASE_SUBNETS[kind], relayAddress: gateway } : CASE_SUBNETS[kind]],
      address: v4 ? networks.conformance.ipv4_address : networks.conformance.ipv6_address,
      port: after('-p'),
      relay: { address: gateway, port: after('-P') },
      threads: 0,
    };
  });
}

test('comes up, ready, and its servers give leases that every node holds', async () => {
  await compose('up', '--build', '--detach');
  const filters = { label: [`com.docker.compose.project=${PROJECT}`] };
  await eventually('every server is healthy', async () => {
    const states = (await engine.listContainers({ filters })).map(({ Status }) => Status);
    return states.length === 9 && states.every((status) => status.includes('(healthy)'));
  });
  for (const { Ports: ports } of await engine.listContainers({ filters })) {
    expect(ports.filter((port) => 'PublicPort' in port)).toEqual([]);
  }

  const file = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as ComposeFile;
  const cases = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'] as const;
  const { scenario } = loadScenario('published-galera', {
    set: ['load.clientsPerServer=5', 'load.maxAttempts=50', 'load.drainMs=200', 'load.timeoutMs=20000'],
    quick: true,
  });
  const observations: Observation[] = [];
  // The cases run one after the other: both cases of DHCPv6 use the same servers here.
  for (const kind of cases) {
    await driveLoad({
      cases: [kind],
      servers: serversOf(file, kind),
      load: scenario.load,
      seed: 1,
      observe: (observation) => observations.push(observation),
    });
  }
  expect(observations.length).toBeGreaterThan(0);

  const nodes = Object.entries(file.services).filter(([name]) => /^galera-\d$/.test(name));
  expect(nodes).toHaveLength(3);
  for (const [, { networks }] of nodes) {
    const access = {
      host: networks.conformance.ipv4_address,
      port: 3306,
      user: 'kea',
      password: PASSWORD,
      database: 'kea',
    };
    const [rows] = await withSession(access, (session) =>
      session.query('SELECT (SELECT COUNT(*) FROM lease4) AS v4, (SELECT COUNT(*) FROM lease6) AS v6'),
    );
    // Fifteen clients in each case. Every one has a lease in the end.
    expect(rows).toEqual([{ v4: 15, v6: 30 }]);
  }
});
