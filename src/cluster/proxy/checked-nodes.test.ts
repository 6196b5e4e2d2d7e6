import { expect, it } from 'vitest';
import { parseStatistics } from './checked-nodes.js';

/** The columns that matter of what haproxy 2.6.12 said: node-2 was killed, node-3 is frozen and being checked. */
const SAID = `\
# pxname,svname,scur,status,check_status,last_chk,
nodes,node-1,0,UP,L7OK,(tcp-check),
nodes,node-2,0,DOWN,L4CON,Connection refused at step 1 of tcp-check (connect),
nodes,node-3,0,DOWN,* L7TOUT,,
nodes,BACKEND,0,UP,,,
prefers-node-1,FRONTEND,,OPEN,,,
prefers-node-1,node-1,4,UP,,,

`;

it('the checks of the nodes are read, and no other lines', () => {
  expect(parseStatistics(SAID)).toEqual([
    { name: 'node-1', ready: true, found: 'L7OK' },
    { name: 'node-2', ready: false, found: 'L4CON: Connection refused at step 1 of tcp-check (connect)' },
    { name: 'node-3', ready: false, found: 'L7TOUT' },
  ]);
});

it('a check that is under way counts as what the last one found', () => {
  expect(parseStatistics(SAID.replace('L7OK', '* L7OK'))[0]).toMatchObject({ ready: true });
});

it('an empty answer has no nodes', () => {
  expect(parseStatistics('')).toEqual([]);
});
