import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findClientContradictions } from './client-contradictions.js';

const found = (more: Record<string, unknown>) =>
  findClientContradictions(scenarioSchema.parse({ name: 'mine', description: 'made up', ...more })).map(
    ({ path, related = [] }) => [path.join('.'), ...related.map((one) => one.join('.'))],
  );

const list = { clientsFrom: 'clients.csv' };

describe('the clients of a load', () => {
  it.each<[Record<string, unknown>, string[]]>([
    [{ cluster: { provider: 'external' }, load: list }, ['load.clientsFrom', 'cluster.provider']],
    [{ load: { ...list, identitiesPerMachine: 2 } }, ['load.identitiesPerMachine', 'load.clientsFrom']],
    [{ kea: { matchClientId: false }, load: list }, ['load.clientsFrom', 'kea.matchClientId']],
    [
      { kea: { matchClientId: false }, load: { identitiesPerMachine: 2 } },
      ['load.identitiesPerMachine', 'kea.matchClientId'],
    ],
    [
      { cluster: { provider: 'external' }, kea: { reservedClients: 1 } },
      ['kea.reservedClients', 'cluster.provider'],
    ],
    [{ kea: { reservedClients: 1 }, load: { relays: 2 } }, ['kea.reservedClients', 'load.relays']],
    [{ kea: { reservedClients: 358 } }, ['kea.reservedClients', 'load.clientsPerServer']],
    [{ kea: { reservedClients: 9, poolLeases: 8 } }, ['kea.reservedClients', 'kea.poolLeases']],
  ])('%j contradict each other', (more, paths) => {
    expect(found(more)).toEqual([paths]);
  });

  it.each<[Record<string, unknown>]>([
    [{ load: list }],
    [{ load: { identitiesPerMachine: 2 } }],
    [{ kea: { matchClientId: false } }],
    [{ kea: { reservedClients: 357 } }],
    [{ kea: { reservedClients: 8, poolLeases: 8 } }],
  ])('%j do not', (more) => {
    expect(found(more)).toEqual([]);
  });
});
