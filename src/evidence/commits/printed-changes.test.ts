import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PrintedChanges, type CommittedTransaction } from './printed-changes.js';

function read(text: string): CommittedTransaction[] {
  const found: CommittedTransaction[] = [];
  const changes = new PrintedChanges((transaction) => found.push(transaction));
  for (const line of text.split('\n')) changes.line(line);
  return found;
}

/** What mariadb-binlog of MariaDB 10.11.19 printed of two transactions of Kea 2.2.0, with annotated statements. */
const SAMPLE = readFileSync(fileURLToPath(new URL('printed-changes.sample.txt', import.meta.url)), 'latin1');

const HEADER = '#261128  0:18:09 server id 2  end_log_pos 900 CRC32 0x39d28252 ';
const END = ['#261128  0:18:09 server id 2  end_log_pos 931 CRC32 0xc1064d95 \tXid = 7', 'COMMIT/*!*/;'];
const committed = (...rows: string[]) => read([`${HEADER}\tUpdate_rows`, ...rows, ...END].join('\n'));

describe('what mariadb-binlog prints', () => {
  it('has the rows of leases, and leaves out those that triggers change', () => {
    const [v4, v6, ...more] = read(SAMPLE);
    expect(more).toEqual([]);
    expect(v4).toMatchObject({ serverId: 1, end: 841329, changes: [{ table: 'lease4', kind: 'insert' }] });
    const [address, hardware, clientId, lifetime, expire, subnet] = v4?.changes[0]?.values ?? [];
    expect([address, lifetime, expire, subnet]).toEqual([167838052, 4000, 1795829089, 4]);
    expect(Buffer.from(String(hardware), 'latin1').toString('hex')).toBe('02003f7ac8c6');
    expect(Buffer.from(String(clientId), 'latin1').toString('hex')).toBe('0044ef9c9e0000000000000162');
    expect(v6?.changes).toMatchObject([{ table: 'lease6', kind: 'insert' }]);
    expect(v6?.changes[0]?.values).toHaveLength(17);
  });

  it('has the row after an update, and the row before a deletion', () => {
    const [transaction] = committed(
      '### UPDATE `kea`.`lease4`',
      ...['### WHERE', '###   @1=5', "###   @2='one'", '### SET', '###   @1=5', "###   @2='other'"],
      '### DELETE FROM `kea`.`lease6`',
      ...['### WHERE', "###   @1='2001:db8::1'", '###   @2=NULL'],
    );
    expect(transaction).toEqual({
      serverId: 2,
      end: 931,
      changes: [
        { table: 'lease4', kind: 'update', values: [5, 'other'] },
        { table: 'lease6', kind: 'delete', values: ['2001:db8::1', null] },
      ],
    });
  });

  it('has unsigned numbers behind signed ones, and control characters as escapes, but no others', () => {
    const [transaction] = committed(
      '### INSERT INTO `kea`.`lease4`',
      ...['### SET', '###   @1=-1062731776 (3232235520)', String.raw`###   @2='a\x00'\b\n)'`],
    );
    expect(transaction?.changes[0]?.values).toEqual([3232235520, "a\0'\\b\\n)"]);
  });

  it('says nothing of a transaction that was rolled back, or that is cut off', () => {
    const rows = ['### DELETE FROM `kea`.`lease4`', '### WHERE', '###   @1=5'];
    expect(read([HEADER, ...rows, 'ROLLBACK/*!*/;', ...END].join('\n'))).toEqual([]);
    expect(read([HEADER, ...rows].join('\n'))).toEqual([]);
  });

  it('is no change where a statement only looks like one', () => {
    expect(read(['#Q> ### INSERT INTO `kea`.`lease4`', ...END].join('\n'))).toEqual([]);
    expect(committed('### INSERT INTO `kea`.`lease4_stat`', '### SET', '###   @1=4')).toEqual([]);
  });
});
