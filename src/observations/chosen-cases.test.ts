import { describe, expect, it } from 'vitest';
import { chosenCases } from './chosen-cases.js';
import type { Imported } from './imported.js';
import type { Observation } from './model.js';

const NAMES = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-na-pd', 'VLAN 100 dhcp4', 'VLAN 100 dhcp6-ia-pd'];

function timeout(caseIndex: number, client: number): Observation {
  const of = { caseIndex, phase: 'REQUEST-ACK' as const, server: 0, client, attempt: 1, transaction: client };
  return { type: 'timeout', ...of, atUs: 0 };
}

const observations = () => NAMES.map((_, caseIndex) => timeout(caseIndex, 10 + caseIndex));
const imported: Imported = {
  kind: 'capture',
  files: ['a.pcap'],
  layout: {
    cases: NAMES.map((name) => ({ name, leaseType: 'address', phases: [], servers: ['a'], clients: 99 })),
  },
  observations,
  certain: { observations, why: 'made up' },
  identityOf: (caseIndex, client) => ({ identifier: `${caseIndex} ${client}` }),
  startedAt: null,
  finishedAt: null,
  untold: [],
  missing: [],
  notes: ['as it was'],
};

describe('cases that are chosen', () => {
  it.each<[names: string[], cases: number[]]>([
    [['dhcp4'], [0]],
    [['VLAN 100 dhcp4'], [3]],
    [['VLAN 100'], [3, 4]],
    [['dhcp6-ia-na'], [1]],
    [['dhcp6-ia-pd'], [4]],
    [['dhcp6'], [1, 2, 4]],
    [['dhcp6-ia'], [1, 2, 4]],
    [
      ['dhcp6-ia-pd', 'dhcp4'],
      [0, 4],
    ],
  ])('%j', (names, cases) => {
    const chosen = chosenCases(imported, names);
    expect(chosen.layout.cases.map(({ name }) => name)).toEqual(cases.map((index) => NAMES[index]));
    const expected = cases.map((index, place) => [place, 10 + index]);
    for (const source of [chosen.observations, chosen.certain?.observations]) {
      expect([...(source?.() ?? [])].map(({ caseIndex, client }) => [caseIndex, client])).toEqual(expected);
    }
    expect(cases.map((_, place) => chosen.identityOf(place, 7))).toEqual(
      cases.map((index) => ({ identifier: `${index} 7` })),
    );
    expect(chosen.notes).toHaveLength(2);
  });

  it('are all where none or each is named', () => {
    expect(chosenCases(imported, [])).toBe(imported);
    expect(chosenCases(imported, NAMES)).toBe(imported);
  });

  it.each(['dhcp', 'dhcp6-', 'dhcp6-ia-n', 'VLAN 10', '', 'DHCP4'])(
    '%j is refused and told what there is',
    (name) => {
      expect(() => chosenCases(imported, ['dhcp4', name])).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          exitCode: 64,
          hint: expect.stringContaining(NAMES.join(', ')) as string,
        }),
      );
    },
  );
});
