import { describe, expect, it } from 'vitest';
import { chosenCases } from './chosen-cases.js';

const NAMES = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-na-pd', 'VLAN 100 dhcp4', 'VLAN 200 dhcp6-ia-na'];

describe('the choice of cases', () => {
  it.each([
    [['dhcp6-ia-na-pd'], ['dhcp6-ia-na-pd']],
    [['dhcp4'], ['dhcp4']],
    [['dhcp6'], ['dhcp6-ia-na', 'dhcp6-ia-na-pd', 'VLAN 200 dhcp6-ia-na']],
    [['VLAN 100'], ['VLAN 100 dhcp4']],
    [
      ['VLAN 200', 'dhcp4'],
      ['dhcp4', 'VLAN 200 dhcp6-ia-na'],
    ],
    [[], NAMES],
  ])('by the names %j is %j', (names, chosen) => {
    expect(chosenCases(NAMES, names)).toEqual(chosen);
  });

  it.each(['dhcp', 'vlan 100', '', 'dhcp5'])('refuses the name "%s"', (name) => {
    expect(() => chosenCases(NAMES, ['dhcp4', name])).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: `there are ${NAMES.join(', ')}` }),
    );
  });
});
