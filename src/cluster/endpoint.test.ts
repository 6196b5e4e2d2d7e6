import { describe, expect, it } from 'vitest';
import { endpointText, parseEndpoint } from './endpoint.js';

describe('a host and a port', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1', 3306],
    ['10.0.0.1:3307', '10.0.0.1', 3307],
    ['db-1.example.net', 'db-1.example.net', 3306],
    ['DB1:65535', 'db1', 65_535],
    ['2001:DB8:0:0::1', '2001:db8::1', 3306],
    ['[2001:db8::1]', '2001:db8::1', 3306],
    ['[2001:db8::1]:4000', '2001:db8::1', 4000],
    ['::1', '::1', 3306],
    ['kea_db_1:1', 'kea_db_1', 1],
  ])('%s', (text, host, port) => expect(parseEndpoint(text, 3306)).toEqual({ host, port }));

  it.each([
    '',
    ' ',
    ':3306',
    '10.0.0.300',
    '10.0.0',
    '1',
    'db1:',
    'db1:0',
    'db1:65536',
    'db1:x',
    '-db',
    'db..net',
    '[10.0.0.1]:3306',
    '[::1',
    'fe80::1%eth0',
    '2001:db8::12345',
    'a b',
    'db1;id',
    `${'a'.repeat(64)}.net`,
  ])('%j is no host and port', (text) => expect(parseEndpoint(text, 3306)).toBeUndefined());

  it('survives writing and reading', () => {
    for (const text of ['10.0.0.1:3306', 'db1:1', '[::1]:4000']) {
      const endpoint = parseEndpoint(text, 3306);
      expect(endpoint && endpointText(endpoint)).toBe(text);
    }
  });
});
