import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import { sectionMarkdown } from './markdown.js';
import { planSections } from './plan.js';
import { planOf, requirePlannedRelease, type PlanRequest } from './request.js';

const REQUEST: PlanRequest = {
  flavor: 'galera',
  perconaRelease: '8.0',
  nodes: undefined,
  addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  clusterName: 'kea',
  database: 'kea',
  user: 'kea',
  keaVersion: '2.6.3',
  keaAddresses: [],
};

describe('a plan', () => {
  it('names every node to every node, the first one too', () => {
    for (const node of ['node-1', 'node-2', 'node-3']) {
      const options = optionsOf({}, node);
      expect(options).toMatchObject({
        wsrep_cluster_address: 'gcomm://10.0.0.1,10.0.0.2,10.0.0.3',
        wsrep_node_name: node,
        wsrep_node_address: `10.0.0.${node.slice(-1)}`,
        wsrep_node_incoming_address: `10.0.0.${node.slice(-1)}:3306`,
        bind_address: `10.0.0.${node.slice(-1)}`,
        innodb_flush_log_at_trx_commit: '1',
        binlog_format: 'ROW',
        innodb_autoinc_lock_mode: '2',
      });
    }
  });

  it('puts IPv6 addresses in brackets where a port may follow', () => {
    const addresses = ['2001:db8::1', '2001:DB8:0::2', 'fd00::3'];
    expect(optionsOf({ addresses }, 'node-2')).toMatchObject({
      bind_address: '2001:db8::2',
      wsrep_cluster_address: 'gcomm://[2001:db8::1],[2001:db8::2],[fd00::3]',
      wsrep_node_address: '[2001:db8::2]',
      wsrep_node_incoming_address: '[2001:db8::2]:3306',
      wsrep_provider_options: '"gmcast.listen_addr=tcp://[2001:db8::2]:4567"',
    });
    expect(textOf({ addresses })).toContain('--nodes [2001:db8::1],[2001:db8::2],[fd00::3]');
    expect(textOf({ addresses })).toContain('rule family=ipv6 source address=fd00::3');
  });

  it('takes host names, and then binds to all addresses', () => {
    const addresses = ['db1.example.net', 'db2', 'DB3'];
    expect(optionsOf({ addresses }, 'node-1')).toMatchObject({
      bind_address: '*',
      wsrep_cluster_address: 'gcomm://db1.example.net,db2,db3',
      wsrep_node_address: 'db1.example.net',
    });
    expect(textOf({ addresses })).toMatch(/127\.0\.1\.1/);
  });

  it('opens only the client port to a Kea on a machine of its own', () => {
    const text = textOf({ keaAddresses: ['10.0.1.1', '10.0.1.2', '10.0.1.3'] });
    expect(text).toContain('ufw allow proto tcp from "10.0.1.1" to any port 3306\n');
    expect(text).toContain('ufw allow proto tcp from "10.0.0.2" to any port 3306,4567,4568,4444\n');
    expect(text).toContain('# Kea 2.6.3 on 10.0.1.2: its leases through node-2');
  });

  it.each([
    ['2.2.0', [], ['allocator', 'libdhcp_mysql']],
    ['2.6.3', ['"allocator": "random"'], ['libdhcp_mysql']],
    ['3.0.4', ['"allocator": "random"', '"library": "libdhcp_mysql.so"'], []],
  ])('for Kea %s has what that Kea wants', (keaVersion, present, absent) => {
    const text = textOf({ keaVersion });
    for (const words of present) expect(text).toContain(words);
    for (const words of absent) expect(text).not.toContain(words);
    expect(text).toContain('"on-fail": "serve-retry-continue"');
  });

  it.each([
    [1, /replicates nothing/],
    [2, /also stops when the other dies/],
    [4, /garbd/],
  ])('of %i nodes warns of this number', (count, words) =>
    expect(textOf({ addresses: addresses(count) })).toMatch(words),
  );

  it.each([3, 5, 9])('of %i nodes does not warn of this number', (count) =>
    expect(textOf({ addresses: addresses(count) })).not.toMatch(/garbd|replicates nothing/),
  );

  it.each(['galera', 'percona'] as const)('for %s has no password in it', (flavor) => {
    const text = textOf({ flavor });
    for (const [, value] of text.matchAll(/IDENTIFIED (?:WITH \w+ )?BY '([^']*)'/g)) {
      expect(value).toBe('$KEA_DB_PASSWORD');
    }
    for (const [, value] of text.matchAll(/"password": "([^"]*)"/g)) expect(value).toBe('$KEA_DB_PASSWORD');
    expect(text).not.toMatch(/keatest/);
  });
});

describe('a plan for Percona', () => {
  it('differs where Percona does', () => {
    const options = optionsOf({ flavor: 'percona' }, 'node-2');
    expect(options).toMatchObject({
      wsrep_sst_method: 'xtrabackup-v2',
      pxc_strict_mode: 'ENFORCING',
      pxc_encrypt_cluster_traffic: 'ON',
      server_id: '2',
    });
    // 8.0 no longer has wsrep_sst_auth.
    expect(options).not.toHaveProperty('wsrep_sst_auth');
    const text = textOf({ flavor: 'percona' });
    expect(text).toContain('systemctl start mysql@bootstrap.service');
    expect(text).toContain('IDENTIFIED WITH mysql_native_password BY');
    expect(text).not.toContain('galera_new_cluster');
  });

  it('8.4 switches the old authentication on, 8.0 does not know the switch', () => {
    expect(optionsOf({ flavor: 'percona', perconaRelease: '8.4' }, 'node-1')).toMatchObject({
      mysql_native_password: 'ON',
    });
    expect(optionsOf({ flavor: 'percona' }, 'node-1')).not.toHaveProperty('mysql_native_password');
    expect(textOf({ flavor: 'percona', perconaRelease: '8.4' })).toContain('pxc-84-lts');
  });

  it('9.7 has no old authentication at all', () => {
    const release = { flavor: 'percona', perconaRelease: '9.7' } as const;
    expect(optionsOf(release, 'node-1')).not.toHaveProperty('mysql_native_password');
    expect(textOf(release)).toContain("'kea'@'%' IDENTIFIED WITH caching_sha2_password BY");
    expect(textOf(release)).not.toContain('mysql_native_password');
    expect(textOf(release)).toContain('pxc-97-lts');
  });

  it.each(['8.0', '8.4', '9.7'] as const)('%s is installed without a question', (perconaRelease) => {
    const installs = textOf({ flavor: 'percona', perconaRelease })
      .split('\n')
      .filter((line) => /apt-get install .*percona-xtradb-cluster$/.test(line));
    expect(installs).toHaveLength(3);
    for (const line of installs) expect(line).toMatch(/^DEBIAN_FRONTEND=noninteractive /);
  });

  it('says that root must get from node to node by SSH', () => {
    expect(textOf({ flavor: 'percona' })).toMatch(/as root over SSH/);
    expect(textOf({ flavor: 'galera' })).not.toMatch(/SSH/);
  });

  it.each([
    ['3.0.4', false],
    ['3.2', true],
    ['3.2.0', true],
  ])('for Kea %s says which servers take its schema: %s', (keaVersion, isSaid) => {
    for (const flavor of ['galera', 'percona'] as const)
      expect(textOf({ flavor, keaVersion }).includes('WITH RECURSIVE')).toBe(isSaid);
  });
});

describe('a request that makes no sense is refused', () => {
  it.each(['5.6', '5.7', '5.7.22'])('Percona %s, with the reason and what is there instead', (release) => {
    const series = release.slice(0, 3);
    expect(() => requirePlannedRelease(release)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `--release ${release}: Percona XtraDB Cluster ${series} is past its end of life, and no plan installs packages of it`,
        hint: expect.stringMatching(/8\.0, 8\.4 or 9\.7; .*external.*KEA_CONFORMANCE_PERCONA/) as string,
      }) as Error,
    );
    expect(() => requirePlannedRelease('8.4')).not.toThrow();
  });

  it.each<[string, Partial<PlanRequest>, RegExp]>([
    ['too few addresses', { nodes: 4 }, /--nodes 4, but 3 addresses/],
    ['too many', { nodes: 2 }, /--nodes 2, but 3 addresses/],
    ['no node', { nodes: 0 }, /0 nodes/],
    ['ten nodes', { addresses: addresses(10) }, /10 nodes/],
    ['half a node', { nodes: 2.5 }, /2\.5 nodes/],
    ['the same node twice', { addresses: ['::1', 'a', '0:0::1'] }, /::1 is given twice/],
    ['a port', { addresses: ['10.0.0.1:3306'] }, /has a port/],
    ['no address', { addresses: ['10.0.0.256'] }, /neither a host name nor an address/],
    ['an empty entry', { addresses: ['a', ''] }, /empty/],
    ['an address of everybody', { addresses: ['0.0.0.0'] }, /can't be the address of a machine/],
    ['a multicast address', { addresses: ['ff02::1'] }, /can't be the address of a machine/],
    ['a name that needs quoting', { database: 'kea; DROP' }, /--database/],
    ['a long user', { user: 'k'.repeat(33) }, /--user/],
    ['an empty name', { clusterName: '' }, /--cluster-name/],
    ["the server's own user", { user: 'root' }, /--user root/],
    ['a Kea nowhere', { keaAddresses: ['::'] }, /--kea-addresses/],
  ])('%s', (_what, change, words) => {
    const attempt = () => planOf({ ...REQUEST, ...change });
    expect(attempt).toThrow(words);
    expect(attempt).toThrow(HarnessError);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ code: 'USAGE', hint: expect.any(String) as string });
    }
  });
});

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `10.0.0.${i + 1}`);
}

function textOf(change: Partial<PlanRequest>): string {
  return planSections(planOf({ ...REQUEST, ...change }))
    .map(sectionMarkdown)
    .join('\n');
}

/** The option file that a node's section writes. */
function optionsOf(change: Partial<PlanRequest>, node: string): Record<string, string> {
  const section = planSections(planOf({ ...REQUEST, ...change })).find(({ file }) => file === node);
  if (section === undefined) throw new Error(`no section for ${node}`);
  const text = sectionMarkdown(section);
  const [, lines = ''] = /<<END\n\[mysqld\]\n([\s\S]*?)\nEND/.exec(text) ?? [];
  return Object.fromEntries(
    lines.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
