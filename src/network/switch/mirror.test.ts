import { expect, it } from 'vitest';
import { mirrorRules } from './mirror.js';

it('copies each DHCP message once, where it enters, whichever of its ports is the known one', () => {
  expect(mirrorRules('capture', ['port0', 'port1']).split('\n')).toEqual([
    'table netdev capture',
    'delete table netdev capture',
    'table netdev capture {',
    '  chain ingress {',
    '    type filter hook ingress devices = { "port0", "port1" } priority 0; policy accept;',
    '    udp dport { 68, 546, 67, 547 } counter dup to "capture" accept',
    '    udp sport { 68, 546, 67, 547 } counter dup to "capture" accept',
    '  }',
    '}',
    '',
  ]);
});
