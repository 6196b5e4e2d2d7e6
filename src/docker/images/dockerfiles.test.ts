import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { recipeOf } from './role.js';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
/** BuildKit may be absent: Debian's engine comes without it. */
const FOR_BUILDKIT_ALONE = /--chmod|--link|--mount|<</;
const MIRROR = /https?:\/\/|ftp\.|deb\.debian/;

// Where this is tested, no registry offers percona/percona-xtradb-cluster. So only the text of its folder is checked.
describe.each(['kea', 'galera', 'percona'] as const)('the folder of %s', (role) => {
  const { folder, files } = recipeOf(role, 'any', undefined);
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const lines = text('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  test('builds on BASE, which has a default', () => {
    expect(lines[0]).toMatch(/^ARG BASE=[\w./-]+:[\w.-]+$/);
    expect(lines[1]).toBe('FROM ${BASE}');
  });

  test('is labelled with its role, and has no entry point that would come before the program', () => {
    expect(lines).toContain(`LABEL org.kea-lease-conformance.role=${role}`);
    expect(lines.filter((line) => line.startsWith('ENTRYPOINT'))).toEqual(
      role === 'kea' ? [] : ['ENTRYPOINT []'],
    );
  });

  test('copies every other file that it has, and none that it has not', () => {
    const copied = lines.flatMap((line) => (line.startsWith('COPY ') ? line.split(' ').slice(1, -1) : []));
    expect(copied.sort()).toEqual(files.filter((name) => name !== 'Dockerfile'));
  });

  test('uses nothing that the engine’s own builder does not know', () => {
    expect(lines.join('\n')).not.toMatch(FOR_BUILDKIT_ALONE);
  });

  test.each(files.map((name) => [name]))('%s names no mirror and no password', (name) => {
    expect(text(name)).not.toMatch(MIRROR);
    expect(text(name)).not.toMatch(/passw\w*\s*=\s*['"]?\w{3,}/i);
  });
});

// Sources: the Percona XtraDB Cluster 8.0 manual, "Running Percona XtraDB Cluster in a Docker container", and the
// entry point of the image.
test('Percona’s configuration is copied to where the image reads it', () => {
  const { folder } = recipeOf('percona', '8.0', undefined);
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain(
    'COPY conformance.cnf /etc/percona-xtradb-cluster.conf.d/',
  );
  const options = readFileSync(join(folder, 'conformance.cnf'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(options).toEqual([
    '[mysqld]',
    'pxc_encrypt_cluster_traffic=OFF',
    'log_bin_trust_function_creators=ON',
  ]);
});

describe('the Dockerfile of the harness itself', () => {
  const text = (name: string) => readFileSync(join(CHECKOUT, name), 'utf8');

  test('names no mirror, and nothing that only BuildKit knows', () => {
    expect(text('Dockerfile')).not.toMatch(MIRROR);
    expect(text('Dockerfile')).not.toMatch(FOR_BUILDKIT_ALONE);
  });

  test('gets what the package is made of, and nothing that Git ignores', () => {
    const lines = text('.dockerignore').split('\n');
    const sent = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const { files } = JSON.parse(text('package.json')) as { files: string[] };
    expect(lines).toContain('*');
    expect(sent).toEqual(expect.arrayContaining(files.filter((name) => name !== 'dist')));
    const ignored = text('.gitignore')
      .split('\n')
      .filter((line) => !line.startsWith('!'))
      .map((line) => line.replaceAll(/^\/|\/\*?$/g, ''));
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist', 'reports']));
    expect(sent.filter((name) => ignored.includes(name))).toEqual([]);
  });
});
