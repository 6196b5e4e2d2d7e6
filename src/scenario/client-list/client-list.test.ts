import { describe, expect, it } from 'vitest';
import { readClientList } from './client-list.js';

const HEADER = 'hardwareAddress,clientIdentifier,duid,iaid,circuitId,dhcp4.12';
const ONE = '02:00:00:00:00:01,01-02-00-00-00-00-01,00030001020000000001,7,eth 0/1,cpe-1';
const TWO = '0200.0000.0002'.replaceAll('.', '') + ',,00:03:00:01:02:00:00:00:00:02,,0x0004{client},';

/** `line:column: message` of each problem. */
const problemsOf = (lines: readonly string[], families: readonly (4 | 6)[] = [4, 6]): string[] =>
  readClientList(lines.join('\n'), families).problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );

describe('a list of clients', () => {
  it('has a client in each line, with its identifiers and what it sends', () => {
    const { clients, problems } = readClientList([HEADER, '# a comment', ONE, '', TWO].join('\n'), [4, 6]);
    expect(problems).toEqual([]);
    expect(clients).toEqual([
      {
        hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 1),
        clientIdentifier: Uint8Array.of(1, 2, 0, 0, 0, 0, 1),
        duid: Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 1),
        iaid: 7,
        sent: { circuitId: 'eth 0/1' },
        options: [{ family: 4, code: 12, value: 'cpe-1' }],
        line: 3,
      },
      {
        hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 2),
        duid: Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 2),
        iaid: 0,
        sent: { circuitId: '0x0004{client}' },
        options: [],
        line: 5,
      },
    ]);
  });

  it('may have quoted cells, spaces, a byte order mark and the line ends of Windows', () => {
    const text = `\ufeffduid, subscriberId\r\n0x000301aa , "one, two"\r\n`;
    expect(readClientList(text, [6])).toMatchObject({
      problems: [],
      clients: [{ duid: Uint8Array.of(0, 3, 1, 0xaa), sent: { subscriberId: 'one, two' } }],
    });
  });

  it.each<[string, string[], (4 | 6)[], string[]]>([
    ['nothing', [''], [4], ['1:1: the list is empty']],
    ['an unknown column', ['duid,iaId'], [6], ['1:6: iaId is no column here']],
    ['a column twice', ['duid,iaid,duid'], [6], ['1:11: duid is there twice']],
    [
      'an option that the harness sends',
      ['duid,dhcp6.1'],
      [6],
      ["1:6: dhcp6.1 can't be a column: the harness writes option 1 itself, the client identifier"],
    ],
    [
      'no column that it needs',
      ['duid'],
      [4, 6],
      ['1:1: there is no column hardwareAddress, which DHCPv4 needs'],
    ],
    [
      'cells that are none',
      ['hardwareAddress,duid,iaid', '02:00:00:00:00:0,0003aa,1', '020000000002,00,x'],
      [4, 6],
      [
        '2:1: hardwareAddress must have two hexadecimal digits for each byte; colons or hyphens between them are allowed',
        '3:14: duid must have 3 to 130 bytes, but has 1',
        '3:17: iaid must be a whole number from 0 to 4294967295',
      ],
    ],
    ['no client', ['duid', '# none yet'], [6], ['1:1: the list names no client']],
    ['a quote that is not closed', ['duid', '000100', '"0002', '00'], [6], ['3:1: this quote is not closed']],
    [
      'one option by two names',
      ['duid,dhcp6.16,dhcp6.016'],
      [6],
      [
        '1:15: dhcp6.016 is no column here: options of DHCPv6 have codes from 1 to 65535, without zeros before them',
      ],
    ],
    [
      'colons that stand elsewhere than between bytes',
      ['hardwareAddress', '0:20000000001', '02--0000000002', '02:00:00:00:00:03:'],
      [4],
      [2, 3, 4].map(
        (line) =>
          `${line}:1: hardwareAddress must have two hexadecimal digits for each byte; colons or hyphens between them are allowed`,
      ),
    ],
    ['an empty identifier', ['duid,iaid', ',1'], [6], ['2:1: duid is empty']],
    ['a line with too few cells', ['duid,iaid', '0003aa'], [6], ['2:7: 1 cells, and the first line has 2']],
    ['a line with too many', ['duid', '0003aa,1'], [6], ['2:8: 2 cells, and the first line has 1']],
    [
      'a value with another placeholder, behind a quoted comma',
      ['duid,remoteId,subscriberId', '0003aa,"a,b",{server}'],
      [6],
      ['2:14: subscriberId must have {client} as its only placeholder'],
    ],
  ])('is refused with %s', (_, lines, families, problems) => {
    expect(problemsOf(lines, families)).toEqual(problems);
  });

  it('is refused with a quote that does not end', () => {
    expect(problemsOf(['duid', '"0003aa'], [6])).toHaveLength(1);
  });
});

describe('two clients with one identity', () => {
  it.each<[string, string[], (4 | 6)[], string[]]>([
    [
      'have one DUID and IAID',
      ['duid,iaid', '0003aa,1', '0003aa,2', '0003aa,1'],
      [6],
      ['4:1: duid 0003aa with iaid 1 is also that of line 2'],
    ],
    [
      'have one client identifier',
      ['hardwareAddress,clientIdentifier', '02aa,01aa', '02bb,01aa'],
      [4],
      ['3:1: clientIdentifier 01aa is also that of line 2'],
    ],
    [
      'have one hardware address, and one of them no client identifier',
      ['hardwareAddress,clientIdentifier', '02aa,01aa', '02aa,'],
      [4],
      ['3:1: hardwareAddress 02aa is also that of line 2, and not both have a clientIdentifier'],
    ],
  ])('%s', (_, lines, families, problems) => {
    expect(problemsOf(lines, families)).toEqual(problems);
  });

  it('are not one machine that boots with two client identifiers, nor clients of the other protocol', () => {
    expect(problemsOf(['hardwareAddress,clientIdentifier', '02aa,01aa', '02aa,01bb'], [4])).toEqual([]);
    expect(problemsOf(['hardwareAddress,duid', '02aa,0003aa', '02aa,0003bb'], [6])).toEqual([]);
  });
});
