import { describe, expect, it } from 'vitest';
import { withExtra } from './extra.js';

const merged = (generated: object, ...extra: object[]) =>
  withExtra(generated as Record<string, unknown>, extra as Record<string, unknown>[], '/hooks');

describe('parts of Kea’s configuration that a scenario states', () => {
  it('merge mappings at any depth, the later part last', () => {
    expect(
      merged(
        { 'multi-threading': { 'enable-multi-threading': true, a: { b: 1 } }, kept: 1 },
        { 'multi-threading': { a: { c: 2 } } },
        { 'multi-threading': { a: { c: 3 } }, added: [1] },
      ),
    ).toEqual({
      'multi-threading': { 'enable-multi-threading': true, a: { b: 1, c: 3 } },
      kept: 1,
      added: [1],
    });
  });

  it('replace lists, and what is of another kind', () => {
    expect(
      merged({ list: [1, 2], map: { a: 1 }, text: 'a' }, { list: [3], map: 'b', text: { a: 1 } }),
    ).toEqual({
      list: [3],
      map: 'b',
      text: { a: 1 },
    });
  });

  it('add hook libraries, and look for one without a directory beside the others', () => {
    const mysql = { library: '/hooks/libdhcp_mysql.so' };
    expect(
      merged(
        { 'hooks-libraries': [mysql] },
        {
          'hooks-libraries': [{ library: 'libdhcp_stat_cmds.so' }, { library: '/mine/x.so', parameters: {} }],
        },
      ),
    ).toEqual({
      'hooks-libraries': [
        mysql,
        { library: '/hooks/libdhcp_stat_cmds.so' },
        { library: '/mine/x.so', parameters: {} },
      ],
    });
    expect(merged({}, { 'hooks-libraries': [{ library: 'a.so' }] })).toEqual({
      'hooks-libraries': [{ library: '/hooks/a.so' }],
    });
  });

  it('replace the option with the same code or name in the same space, and leave the others', () => {
    const before = [
      { name: 'dhcp-server-identifier', data: '192.0.2.1' },
      { code: 6, data: '192.0.2.2' },
      { code: 6, space: 'vendor', data: '1' },
    ];
    expect(
      merged(
        { 'option-data': before },
        {
          'option-data': [
            { code: 6, data: '192.0.2.3' },
            { code: 15, data: 'x' },
          ],
        },
      ),
    ).toEqual({
      'option-data': [before[0], before[2], { code: 6, data: '192.0.2.3' }, { code: 15, data: 'x' }],
    });
  });

  it('replace a logger of the same name, and keep its log where the harness reads it', () => {
    const output = { 'output-options': [{ output: 'stdout' }] };
    const loggers = [
      { name: 'kea-dhcp4', severity: 'INFO', ...output },
      { name: 'kea-dhcp4.leases', severity: 'WARN', ...output },
    ];
    expect(
      merged(
        { loggers },
        { loggers: [{ name: 'kea-dhcp4.leases', severity: 'DEBUG', 'output-options': [] }] },
      ),
    ).toEqual({ loggers: [loggers[0], { name: 'kea-dhcp4.leases', severity: 'DEBUG', ...output }] });
  });

  it('leave what was generated as it was', () => {
    const generated = { a: { b: [1] } };
    merged(generated, { a: { b: [2], c: 1 } });
    expect(generated).toEqual({ a: { b: [1] } });
  });
});
