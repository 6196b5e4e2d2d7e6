import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdleClients } from './idle-clients.js';

const CLIENTS = 12;
const SERVERS = 3;

it('each idle client is taken once, at its own server, whatever clients come and go', () => {
  const client = fc.nat(CLIENTS - 1);
  const step = fc.oneof(
    fc.record({ what: fc.constant('add' as const), client }),
    fc.record({ what: fc.constant('remove' as const), client }),
    fc.record({
      what: fc.constant('take' as const),
      server: fc.nat(SERVERS - 1),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const idle = new IdleClients(CLIENTS, SERVERS);
      const wanted = new Set<number>();
      for (const one of steps) {
        if (one.what === 'add') idle.add(one.client);
        if (one.what === 'add') wanted.add(one.client);
        if (one.what === 'remove') idle.remove(one.client);
        if (one.what === 'remove') wanted.delete(one.client);
        if (one.what === 'take') {
          const there = [...wanted].filter((client) => client % SERVERS === one.server);
          const taken = idle.take(one.server, one.random);
          expect(there.length === 0 ? [-1] : there).toContain(taken);
          wanted.delete(taken);
        }
        for (let client = 0; client < CLIENTS; client++) expect(idle.has(client)).toBe(wanted.has(client));
      }
    }),
  );
});
