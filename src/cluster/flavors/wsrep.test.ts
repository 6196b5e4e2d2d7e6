import { describe, expect, it } from 'vitest';
import { WSREP_FAULTS } from './wsrep.js';

describe('the position of the data of a node that was killed', () => {
  it('is the last one that the server printed', () => {
    // Printed by mariadbd 10.11.19 with --wsrep-recover.
    const printed = `2026-11-27 12:49:09 0 [Note] Server socket created on IP: '127.0.0.1'.
2026-11-27 12:49:09 0 [Note] WSREP: Recovered position: 5b1e3b1c-ca8a-11f1-9c7d-3b7d5e1c9a0e:1203
`;
    expect(WSREP_FAULTS.recoveredPosition(printed + printed.replace('1203', '1207'))).toBe(
      '5b1e3b1c-ca8a-11f1-9c7d-3b7d5e1c9a0e:1207',
    );
  });

  it('is left to the server where it printed none', () => {
    expect(WSREP_FAULTS.recoveredPosition('')).toBeUndefined();
  });
});
