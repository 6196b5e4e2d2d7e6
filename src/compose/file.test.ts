import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeFile } from './file.js';

const STORED = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');

interface Service {
  profiles: string[];
  environment?: Record<string, string>;
  ports?: unknown;
  depends_on?: Record<string, { condition: string }>;
  networks: Record<string, { ipv4_address: string; ipv6_address: string }>;
  healthcheck?: { test: string[] };
}

const { services, networks } = parse(STORED, { version: '1.1' }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal: boolean }>;
};
const of = (profile: string): [string, Service][] =>
  Object.entries(services).filter(([, { profiles }]) => profiles.includes(profile));

describe('docker-compose.yml', () => {
  it('is what `npm run compose` writes', () => {
    expect(STORED).toBe(composeFile());
  });

  it.each(['galera', 'percona'])('has in profile %s three nodes and six servers', (profile) => {
    const names = of(profile).map(([name]) => name.replace(`${profile}-`, ''));
    const three = (kind: string) => [1, 2, 3].map((number) => `${kind}${number}`);
    expect(names.sort()).toEqual(['schema', ...three(''), ...three('dhcp4-'), ...three('dhcp6-')].sort());
  });

  it.each(['galera', 'percona'])('pins each server of profile %s to the node of its number', (profile) => {
    for (const [name, { environment }] of of(profile)) {
      if (!name.includes('dhcp')) continue;
      const configuration = JSON.parse(environment?.['KEA_CONFIGURATION'] ?? '') as Record<
        string,
        { 'lease-database': { host: string } }
      >;
      const hosts = Object.values(configuration).map((below) => below['lease-database'].host);
      expect(hosts).toEqual([`${profile}-${name.slice(-1)}`]);
    }
  });

  it('publishes no port and lets nothing out of its network', () => {
    expect(Object.values(services).filter((service) => 'ports' in service)).toEqual([]);
    expect(Object.values(networks).map(({ internal }) => internal)).toEqual([true]);
  });

  it('holds no password, and asks for one in every place', () => {
    const places = STORED.split('\n').filter((line) => /password/i.test(line) && !line.startsWith('#'));
    expect(places.length).toBeGreaterThan(0);
    for (const line of places) {
      expect(line).toMatch(/PASSWORD|"password"/);
      expect(line).toContain('${KEA_DB_PASSWORD:?');
    }
  });

  it('gives every service that stays up a healthcheck and addresses of its own', () => {
    const staying = Object.entries(services).filter(([name]) => !name.endsWith('-schema'));
    expect(staying.filter(([, { healthcheck }]) => healthcheck === undefined)).toEqual([]);
    const addresses = staying.flatMap(([, one]) => {
      const { ipv4_address: v4, ipv6_address: v6 } = one.networks['conformance'] ?? {};
      return [v4, v6];
    });
    expect(new Set(addresses).size).toBe(2 * staying.length);
    expect(addresses).not.toContain(undefined);
  });
});
