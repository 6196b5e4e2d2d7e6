import { describe, expect, it } from 'vitest';
import { GALERA } from './flavors/galera.js';
import { nodeConfiguration, type NodeConfiguration } from './node-configuration.js';

const NODE: NodeConfiguration = {
  name: 'node-2',
  flavor: GALERA,
  provider: '/private/usr/lib/galera/libgalera_smm.so',
  installation: {
    mariadbBasedir: '/private/usr',
    mariadbShare: '/private/usr/share/mysql',
    mariadbCharsets: '/private/usr/share/mysql/charsets',
    mariadbPlugins: '/private/usr/lib/mysql/plugin',
  },
  dataDirectory: '/tmp/klc-1/node-2/data',
  socket: '/tmp/klc-1/node-2/s.sock',
  ports: { client: 13_001, group: 13_002, sst: 13_003, ist: 13_004 },
  address: '127.0.0.1',
  members: ['127.0.0.1:12002', '127.0.0.1:13002'],
  settings: {},
};

const linesOf = (changes: Partial<NodeConfiguration>): string[] =>
  nodeConfiguration({ ...NODE, ...changes })
    .trimEnd()
    .split('\n');

/** The options as the server reads them: of an option that is given twice, the last counts. */
function optionsOf(changes: Partial<NodeConfiguration> = {}): Record<string, string> {
  const [section, ...lines] = linesOf(changes);
  expect(section).toBe('[mysqld]');
  return Object.fromEntries(lines.map((line) => /^([^=]*)=(.*)$/.exec(line)?.slice(1) as [string, string]));
}

/** The options that make the node this run's node. A scenario can't change them. */
const OWN = {
  datadir: '/tmp/klc-1/node-2/data',
  socket: '/tmp/klc-1/node-2/s.sock',
  tmpdir: '/tmp/klc-1/node-2',
  pid_file: '/tmp/klc-1/node-2/data/server.pid',
  basedir: '/private/usr',
  plugin_dir: '/private/usr/lib/mysql/plugin',
  port: '13001',
  bind_address: '127.0.0.1',
  skip_networking: 'OFF',
  wsrep_provider: '/private/usr/lib/galera/libgalera_smm.so',
  wsrep_cluster_address: 'gcomm://127.0.0.1:12002,127.0.0.1:13002',
  wsrep_node_address: '127.0.0.1:13002',
  wsrep_node_incoming_address: '127.0.0.1:13001',
  wsrep_node_name: 'node-2',
  wsrep_sst_receive_address: '127.0.0.1:13003',
};

describe('the option file of a node', () => {
  it('binds it to loopback, on its ports, in its directory', () => {
    expect(optionsOf()).toMatchObject(OWN);
  });

  it('states what the article’s minimal configuration states', () => {
    expect(optionsOf()).toMatchObject({
      wsrep_on: 'ON',
      binlog_format: 'ROW',
      innodb_autoinc_lock_mode: '2',
    });
  });

  it('takes no clients on the server that prepares the data', () => {
    const options = optionsOf({ members: [] });
    expect(options).toMatchObject({ skip_networking: 'ON', wsrep_cluster_address: 'gcomm://' });
    expect(options).not.toHaveProperty('port');
  });

  it('holds no password', () => expect(nodeConfiguration(NODE)).not.toMatch(/passw/i));
});

describe('settings of the scenario', () => {
  it('are added, and win over the defaults', () => {
    const settings = {
      wsrep_retry_autocommit: 4,
      innodb_buffer_pool_size: '128M',
      wsrep_sst_method: 'mariabackup',
    };
    expect(optionsOf({ settings })).toMatchObject({
      wsrep_retry_autocommit: '4',
      innodb_buffer_pool_size: '128M',
      wsrep_sst_method: 'mariabackup',
    });
  });

  it.each(Object.keys(OWN))('do not win over the node’s own %s', (name) => {
    expect(optionsOf({ settings: { [name]: 'elsewhere' } })).toMatchObject(OWN);
  });

  it('do not win in another spelling either: the node’s own options come after them', () => {
    const settings = { loose_port: 3_306, datadi: '/var/lib/mysql' };
    const names = linesOf({ settings }).map((line) => line.split('=', 1)[0] ?? '');
    expect(names.indexOf('loose_port')).toBeLessThan(names.lastIndexOf('port'));
    expect(names.indexOf('datadi')).toBeLessThan(names.lastIndexOf('datadir'));
  });

  it('are added to the provider’s options and win there too, except over the addresses', () => {
    const settings = { wsrep_provider_options: 'gcache.size=1G;gmcast.listen_addr=tcp://0.0.0.0:4567' };
    const quoted = optionsOf({ settings })['wsrep_provider_options'] ?? '';
    const pairs = quoted
      .replaceAll('"', '')
      .split(';')
      .map((pair) => pair.split('='));
    expect(Object.fromEntries(pairs)).toEqual({
      'gcache.size': '1G',
      'evs.join_retrans_period': 'PT0.2S',
      'evs.suspect_timeout': 'PT2S',
      'evs.keepalive_period': 'PT0.3S',
      'evs.inactive_check_period': 'PT0.1S',
      'gmcast.listen_addr': 'tcp://127.0.0.1:13002',
      'ist.recv_addr': '127.0.0.1:13004',
    });
  });

  // `my_print_defaults` reads each of the written forms back as the value.
  it.each([
    [true, 'ON'],
    [false, 'OFF'],
    [7, '7'],
    ['plain-value', 'plain-value'],
    ['two words', '"two words"'],
    ['a # b; c', '"a # b; c"'],
    [`it's`, `"it's"`],
    ['say "hi"', '"say \\"hi\\""'],
    ['C:\\new', '"C:\\\\new"'],
  ])('are written as the server reads them: %s', (value, written) => {
    expect(optionsOf({ settings: { init_connect: value } })).toMatchObject({ init_connect: written });
  });
});
