import { expect, it } from 'vitest';
import { FLAVORS, type Flavor } from '../scenario/flavors.js';
import { isOwnVariable, OWN_VARIABLES } from '../scenario/schema/own-variables.js';
import { flavorOf } from './flavors/select.js';
import { nodeConfiguration } from './node-configuration.js';

/** The one variable of the node's own that a scenario may set: the harness adds to the scenario's value. */
const MERGED = 'wsrep_provider_options';

/** The variables that a node's option file states after the last of the scenario's settings. */
function statedLast(flavor: Flavor): string[] {
  const text = nodeConfiguration({
    name: 'node-1',
    flavor: flavorOf(flavor, '8.0.36'),
    provider: '/p.so',
    installation: { mariadbBasedir: '', mariadbShare: '', mariadbCharsets: '', mariadbPlugins: '' },
    address: '127.0.0.1',
    ports: { client: 1, group: 2, sst: 3, ist: 4 },
    members: ['127.0.0.1:2'],
    dataDirectory: '/d',
    socket: '/s/s.sock',
    settings: { after_this: 1 },
  });
  return text
    .slice(text.indexOf('after_this'))
    .split('\n')
    .slice(1)
    .flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
}

it('a scenario can not set a variable that the node’s option file states last', () => {
  const own = new Set(FLAVORS.flatMap(statedLast));
  expect([...own].filter((name) => !isOwnVariable(name))).toEqual([MERGED]);
  expect(OWN_VARIABLES.filter((name) => !own.has(name))).toEqual([]);
});

it.each(['datadir', 'DATADIR', 'loose_port', 'wsrep_cluster_address'])(
  '%s is a variable of the node’s own',
  (name) => {
    expect(isOwnVariable(name)).toBe(true);
  },
);

it.each(['wsrep_retry_autocommit', 'port_open_timeout', MERGED, 'wsrep_sst_method'])(
  '%s is not a variable of the node’s own',
  (name) => {
    expect(isOwnVariable(name)).toBe(false);
  },
);
