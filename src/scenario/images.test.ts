import { expect, it } from 'vitest';
import { loadScenario } from './load.js';

const load = (...set: string[]) =>
  loadScenario('published-galera', { set: ['cluster.provider=docker', ...set], quick: false });

it.each([
  ['cluster.mariadbd', '/usr/sbin/mariadbd'],
  ['cluster.mariadb', '/usr/bin/mariadb'],
  ['cluster.wsrepProvider', '/usr/lib/libgalera_smm.so'],
  ['kea.dhcp4', '/usr/sbin/kea-dhcp4'],
  ['kea.dhcp6', '/usr/sbin/kea-dhcp6'],
  ['kea.schema', '/usr/share/kea.mysql'],
])('provider docker refuses %s, a program of this machine', (path, value) => {
  expect(() => load(`${path}=${value}`)).toThrow(
    `${path} names a program of this machine, which provider docker does not run`,
  );
});

it.each(['mariadb:11.4', 'registry.example:5000/kea/kea:2.6', 'kea@sha256:0a1b'])(
  'accepts %s as an image',
  (image) => {
    const { scenario } = load(`cluster.docker.keaImage=${image}`);
    expect(scenario.cluster.docker.keaImage).toBe(image);
  },
);

it.each(['-v', 'two words', '../up'])('does not accept %s as an image', (image) => {
  expect(() => load(`cluster.docker.keaImage=${image}`)).toThrow('must be the name of an image');
});
