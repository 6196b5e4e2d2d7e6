import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { recipeOf } from './role.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klc-role-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
  writeFileSync(join(folder, 'ready'), '#!/bin/sh\n', { mode: 0o644 });
});

afterEach(() => rmSync(folder, { recursive: true }));

const reference = (suite = 'bookworm', base?: string) => recipeOf('kea', suite, base, folder).reference;

test('the name says role and suite, and stays while nothing changes', () => {
  expect(reference()).toMatch(/^kea-lease-conformance\/kea:bookworm-[0-9a-f]{12}$/);
  const copy = mkdtempSync(join(tmpdir(), 'klc-role-'));
  cpSync(folder, copy, { recursive: true });
  expect(recipeOf('kea', 'bookworm', undefined, copy).reference).toBe(reference());
  rmSync(copy, { recursive: true });
});

test.each<[string, () => void]>([
  ['a changed file', () => writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox\n')],
  ['a new file', () => writeFileSync(join(folder, 'more'), '')],
  ['a file that has become a program', () => chmodSync(join(folder, 'ready'), 0o755)],
  ['bytes that moved from one file to the next', () => moveBytes()],
])('%s makes another image', (_what, change) => {
  const before = reference();
  change();
  expect(reference()).not.toBe(before);
});

function moveBytes(): void {
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n#!/bin/sh\n');
  writeFileSync(join(folder, 'ready'), '');
}

test('another suite and another base make another image, under a name that an engine takes', () => {
  const official = reference('bookworm', 'mirror.example:5000/mariadb:11.4');
  expect(new Set([reference(), reference('trixie'), official]).size).toBe(3);
  expect(official).toMatch(/^kea-lease-conformance\/kea:mirror\.example-5000-mariadb-11\.4-[0-9a-f]{12}$/);
});

test.each(['kea', 'galera', 'percona'] as const)('the folder of %s is there', (role) => {
  expect(recipeOf(role, 'bookworm', undefined).files).toContain('Dockerfile');
});
