import { describe, expect, it } from 'vitest';
import { healthyNode } from './facts.test-support.js';
import { settingsAdvice } from './settings.js';

describe('settings known to matter', () => {
  it('are named with value, meaning and advice, as far as the nodes have them', () => {
    const advice = settingsAdvice([healthyNode(1), healthyNode(2)]);
    expect(advice.map(({ name }) => name)).toEqual([
      'wsrep_retry_autocommit',
      'innodb_flush_log_at_trx_commit',
      'innodb_autoinc_lock_mode',
      'binlog_format',
      'tx_isolation',
      'wsrep_certification_rules',
    ]);
    for (const one of advice) {
      expect(one).toMatchObject({ weight: 'ok', values: { db1: expect.any(String) as string } });
      expect(one.meaning).not.toBe('');
      expect(one.advised).not.toBe('');
    }
  });

  it.each([
    ['wsrep_retry_autocommit', '0', 'note'],
    ['innodb_flush_log_at_trx_commit', '2', 'note'],
    ['tx_isolation', 'SERIALIZABLE', 'note'],
    ['innodb_autoinc_lock_mode', '1', 'wrong'],
    ['binlog_format', 'MIXED', 'wrong'],
    // `optimized` is as good as `strict`, but all nodes must have the same value.
    ['wsrep_certification_rules', 'optimized', 'wrong'],
    ['tx_isolation', 'READ-COMMITTED', 'note'],
  ])('%s %s on one node: %s', (name, value, weight) => {
    const other = healthyNode(2);
    const advice = settingsAdvice([
      healthyNode(1),
      { ...other, variables: { ...other.variables, [name]: value } },
    ]);
    const found = advice.find((one) => one.name === name);
    expect(found).toMatchObject({ weight, values: { db2: value } });
    expect(advice.filter((one) => one !== found && one.weight !== 'ok')).toEqual([]);
  });

  it('are found under the name that MySQL 8 gave them', () => {
    const node = healthyNode(1, { kind: 'percona', variables: { transaction_isolation: 'READ-COMMITTED' } });
    expect(settingsAdvice([node])).toMatchObject([{ name: 'transaction_isolation', weight: 'ok' }]);
  });
});
