import { expect, it } from 'vitest';
import type { Programs } from '../../packages/programs.js';
import { isOwnVariable, OWN_VARIABLES } from '../../scenario/schema/own-variables.js';
import { GALERA } from '../flavors/galera.js';
import { nodeConfiguration } from './node-configuration.js';

/** Taken from the scenario and completed. */
const MERGED = 'wsrep_provider_options';

it('what a node is configured with last of all can not be stated by a scenario', () => {
  const node = {
    name: 'node-1',
    programs: {} as Programs,
    ports: { client: 1, group: 2, sst: 3, ist: 4 },
    groupPorts: [2],
    dataDirectory: '/d',
    socket: '/s/s.sock',
  };
  const none = { ...GALERA, defaults: {}, ownOptions: () => ({}) };
  const linesOf = (text: string) => text.split('\n').flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
  const settings = Object.fromEntries([...OWN_VARIABLES, MERGED].map((name) => [name, 'x']));
  const stated = linesOf(nodeConfiguration({ ...node, flavor: none, settings: {} }));
  const galera = Object.keys(GALERA.ownOptions({ ...node, settings }));
  const own = stated.slice(stated.indexOf('basedir'));
  expect([...own, ...galera].filter((name) => !isOwnVariable(name))).toEqual([MERGED]);
  expect(OWN_VARIABLES.filter((name) => ![...own, ...galera].includes(name))).toEqual([]);
});

it.each(['datadir', 'DATADIR', 'loose_port', 'wsrep_cluster_address'])('%s is its own', (name) => {
  expect(isOwnVariable(name)).toBe(true);
});

it.each(['wsrep_retry_autocommit', 'port_open_timeout', MERGED, 'wsrep_sst_method'])('%s is not', (name) => {
  expect(isOwnVariable(name)).toBe(false);
});
