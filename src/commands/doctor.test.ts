import { expect, test } from 'vitest';

import { formatChecks } from './doctor.js';

test('aligns the columns, and shows a command once for all checks that it mends', () => {
  const lines = formatChecks([
    { name: 'Node', ok: true, version: '20.19.0', path: '/usr/bin/node' },
    { name: 'a longer name', ok: false, mend: 'mend both' },
    { name: 'other', ok: false, path: '/x', mend: 'mend both' },
    { name: 'network', ok: true, version: 'a sentence without a path', mend: 'for more of it' },
  ]);
  expect(lines).toEqual([
    'ok       Node           20.19.0  /usr/bin/node',
    'MISSING  a longer name',
    'MISSING  other                   /x',
    '         → mend both',
    'ok       network        a sentence without a path',
    '         → for more of it',
  ]);
});
