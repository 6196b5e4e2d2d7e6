import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ScenarioError } from '../language/problems.js';
import { loadScenario, type LoadedScenario } from '../load.js';

const directory = mkdtempSync(join(tmpdir(), 'named-list-'));
afterAll(() => rmSync(directory, { recursive: true }));

const PATH = join(directory, 'mine.yaml');

function load(list: string, more = ''): LoadedScenario {
  writeFileSync(join(directory, 'clients.csv'), list);
  writeFileSync(
    PATH,
    `name: mine
description: made up
cluster: { nodes: 1 }
load: { clientsPerServer: 2, clientsFrom: clients.csv${more}
`,
  );
  return loadScenario(PATH);
}

/** Line and message of each problem. */
function problemsOf(list: string, more: string): string[] {
  try {
    load(list, more);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ location, message }) => {
      const at = 'set' in location ? location.set : `${location.line ?? 0}:${location.column ?? 0}`;
      return `${at} ${message}`;
    });
  }
}

const TWO = 'hardwareAddress,duid,circuitId\n020000000001,0003aa,a\n020000000002,0003aa,b\n';

describe('a list that a scenario names', () => {
  it('counts from the directory of the scenario, and from that of the scenario that states it', () => {
    const list = 'hardwareAddress\n020000000001\n020000000002\n';
    expect(load(list, ' }\ncases: [dhcp4]').list).toEqual({
      path: join(directory, 'clients.csv'),
      text: list,
    });
    const other = join(directory, 'other');
    mkdirSync(other);
    writeFileSync(
      join(other, 'derived.yaml'),
      'name: derived\ndescription: made up\nextends: ../mine.yaml\n',
    );
    expect(loadScenario(join(other, 'derived.yaml')).list?.path).toBe(join(directory, 'clients.csv'));
  });

  it('needs as many clients as the load', () => {
    expect(problemsOf('hardwareAddress\n020000000001\n', ' }\ncases: [dhcp4]')).toEqual([
      '0:0 load.clientsFrom: the list has 1 clients, and the load of each case needs 2',
    ]);
  });

  it('has no clients of one DUID where leases are reserved by DUID', () => {
    const list = 'hardwareAddress,duid,iaid\n020000000001,0003aa,1\n020000000002,0003aa,2\n';
    expect(problemsOf(list, ' }')).toEqual([]);
    expect(problemsOf(list, ' }\nkea: { reservedClients: 1 }')).toEqual([
      '3:1 duid 0003aa is also that of line 2, and kea.reservedClients reserves leases by DUID',
    ]);
  });

  it('says no more of a client than option 82 holds, together with what is said of all clients', () => {
    const long = 'x'.repeat(200);
    expect(problemsOf(TWO.replace(',b', `,${long}`).replace('2,0003aa', '2,0003bb'), ' }')).toEqual([]);
    expect(
      problemsOf(
        TWO.replace(',b', `,${long}`).replace('2,0003aa', '2,0003bb'),
        `, dhcp4: { remoteId: ${'y'.repeat(52)} } }`,
      ),
    ).toEqual(['3:1 circuitId, remoteId and subscriberId together make 256 bytes, and option 82 holds 255']);
  });
});
