import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { formatAptSources, parseDeb822, parseOneLine, readAptSources } from './sources.js';

test('reads a stanza with comments, several values and an unknown field', () => {
  const text = [
    'Types: deb deb-src',
    '# a comment in between',
    'URIs: http://mirror.test/debian',
    'Suites: bookworm bookworm-updates',
    'Components: main contrib',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
    'check-valid-until: no',
  ].join('\n');
  expect(parseDeb822(text)).toEqual([
    {
      uris: ['http://mirror.test/debian'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
      options: {
        'Signed-By': '/usr/share/keyrings/debian-archive-keyring.gpg',
        'Check-Valid-Until': 'no',
      },
    },
  ]);
});

test('keeps a key that is written into the stanza', () => {
  const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----';
  const [source] = parseDeb822(`Types: deb\nURIs: file:/m\nSuites: sid\nSigned-By:\n ${key}\n`);
  expect(source?.options['Signed-By']).toBe(key);
});

test('passes over stanzas that are disabled, for sources only, or empty', () => {
  const stanzas = [
    'Enabled: no\nTypes: deb\nURIs: http://a.test\nSuites: x',
    'Types: deb-src\nURIs: http://a.test\nSuites: x',
    '# nothing but a comment',
    '',
  ];
  expect(parseDeb822(stanzas.join('\n\n'))).toEqual([]);
});

test('reads lines with and without options', () => {
  const text = [
    '# deb http://off.test/debian bookworm main',
    'deb http://mirror.test/debian bookworm main contrib # with a comment',
    'deb [arch=amd64,arm64 signed-by=/k/debian.gpg] http://mirror.test/debian bookworm-updates main',
    'deb-src http://mirror.test/debian bookworm main',
  ].join('\n');
  expect(parseOneLine(text)).toEqual([
    {
      uris: ['http://mirror.test/debian'],
      suites: ['bookworm'],
      components: ['main', 'contrib'],
      options: {},
    },
    {
      uris: ['http://mirror.test/debian'],
      suites: ['bookworm-updates'],
      components: ['main'],
      options: { Architectures: 'amd64 arm64', 'Signed-By': '/k/debian.gpg' },
    },
  ]);
});

test('what is written reads back the same', () => {
  const sources = parseOneLine(
    'deb [signed-by=/k/d.gpg trusted=yes] http://a.test/d sid main\ndeb http://b.test/d x y z\n',
  );
  expect(parseDeb822(formatAptSources(sources))).toEqual(sources);
});

test('reads sources.list and the directory beside it, and no other files', () => {
  const etcApt = mkdtempSync(join(tmpdir(), 'klc-test-'));
  try {
    mkdirSync(join(etcApt, 'sources.list.d'));
    writeFileSync(join(etcApt, 'sources.list'), 'deb http://a.test/ one main\n');
    writeFileSync(
      join(etcApt, 'sources.list.d', 'b.sources'),
      'Types: deb\nURIs: http://b.test/\nSuites: two\n',
    );
    writeFileSync(join(etcApt, 'sources.list.d', 'c.list.disabled'), 'deb http://c.test/ three main\n');
    expect(readAptSources(etcApt).flatMap((source) => source.suites)).toEqual(['one', 'two']);
    expect(readAptSources(join(etcApt, 'missing'))).toEqual([]);
  } finally {
    rmSync(etcApt, { recursive: true });
  }
});
