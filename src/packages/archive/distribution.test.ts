import { describe, expect, test } from 'vitest';

import { distributionSources, machineSuite } from './distribution.js';
import { parseOneLine } from './sources.js';

const BOOKWORM = { id: 'debian', codename: 'bookworm' };
const KEY = 'signed-by=/usr/share/keyrings/debian-archive-keyring.gpg';
const DEBIAN = `deb [${KEY}] http://mirror.test/debian bookworm main non-free-firmware
deb [${KEY}] http://mirror.test/debian bookworm-updates main
deb [${KEY}] http://mirror.test/debian bookworm-backports main
deb [${KEY}] http://mirror.test/debian-security bookworm-security main
`;

function suitesOf(list: string, options: { suite?: string } = {}, distribution = BOOKWORM): string[] {
  const sources = parseOneLine(list);
  const chosen = distributionSources(sources, distribution, { architecture: 'amd64', ...options });
  return chosen.flatMap(({ uris, suites }) => suites.map((suite) => `${uris.join()} ${suite}`));
}

describe('the machine’s own archives', () => {
  const own = [
    'http://mirror.test/debian bookworm',
    'http://mirror.test/debian bookworm-updates',
    'http://mirror.test/debian-security bookworm-security',
  ];

  test('without backports', () => {
    expect(suitesOf(DEBIAN)).toEqual(own);
  });

  test.each([
    ['another suite', 'deb http://third.test/node nodistro main'],
    ['a suite that merely begins alike', `deb [${KEY}] http://third.test/apt bookworm-pgdg main`],
    ['components of its own', 'deb http://third.test/linux/debian bookworm stable'],
    [
      'a key of its own',
      'deb [signed-by=/etc/apt/keyrings/vendor.gpg] http://third.test/debian bookworm main',
    ],
    ['another architecture', `deb [arch=i386 ${KEY}] http://third.test/debian bookworm main`],
    ['a disc', 'deb cdrom:[Disc]/ bookworm main'],
  ])('without third-party archives, which are recognised by %s', (_how, line) => {
    expect(suitesOf(`${line}\n${DEBIAN}`)).toEqual(own);
  });

  test('a mirror signed with a key of its own serves where there is no other', () => {
    const mirror = 'deb [signed-by=/etc/apt/keyrings/company.gpg] http://mirror.test/debian bookworm main';
    expect(suitesOf(mirror)).toEqual(['http://mirror.test/debian bookworm']);
  });

  test('if there are none, an error says so', () => {
    expect(() => suitesOf('deb http://third.test/node nodistro main')).toThrow(
      expect.objectContaining({ code: 'PREREQUISITE' }),
    );
  });

  test('of Ubuntu', () => {
    const list =
      'deb http://mirror.test/ubuntu noble main universe\ndeb http://mirror.test/ubuntu noble-security main';
    expect(suitesOf(list, {}, { id: 'ubuntu', codename: 'noble' })).toEqual([
      'http://mirror.test/ubuntu noble',
      'http://mirror.test/ubuntu noble-security',
    ]);
  });
});

describe('another suite', () => {
  test('from the same mirrors', () => {
    expect(suitesOf(DEBIAN, { suite: 'trixie' })).toEqual([
      'http://mirror.test/debian trixie',
      'http://mirror.test/debian trixie-updates',
      'http://mirror.test/debian-security trixie-security',
    ]);
  });

  test('sid has neither updates nor security', () => {
    expect(suitesOf(DEBIAN, { suite: 'sid' })).toEqual(['http://mirror.test/debian sid']);
  });
});

test('a machine that follows an alias such as unstable gets its packages from that suite', () => {
  const sources = parseOneLine('deb http://mirror.test/debian unstable main');
  expect(machineSuite(sources, { id: 'debian', codename: 'forky' })).toBe('unstable');
  expect(machineSuite([], BOOKWORM)).toBe('bookworm');
});
