import { expect, it } from 'vitest';
import { providerOptions } from './provider-options.js';

it('the options of the provider are told apart', () => {
  const told =
    'base_dir = /var/lib/mysql/; evs.suspect_timeout = PT5S; gmcast.listen_addr = tcp://127.0.0.1:4567; ' +
    'pc.ignore_sb = false; socket.ssl_cipher = ; ';
  expect([...providerOptions(told)]).toEqual([
    ['base_dir', '/var/lib/mysql/'],
    ['evs.suspect_timeout', 'PT5S'],
    ['gmcast.listen_addr', 'tcp://127.0.0.1:4567'],
    ['pc.ignore_sb', 'false'],
    ['socket.ssl_cipher', ''],
  ]);
});

it.each(['', ';', 'nothing'])('%j has no options', (told) => {
  expect(providerOptions(told).size).toBe(0);
});
