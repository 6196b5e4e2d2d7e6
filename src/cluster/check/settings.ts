import type { NodeFacts, SettingAdvice } from './cluster-check.js';

interface Setting {
  name: string;
  /** Other names of the setting, which other servers or versions use. */
  aliases?: readonly string[];
  advised: string;
  isAdvised: (value: string) => boolean;
  meaning: string;
  /** Set where a value other than the advised one endangers leases. */
  required?: true;
  /** Set where nodes with different values endanger leases. */
  sameOnAll?: true;
}

const is =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value.toUpperCase());

/**
 * The settings known to matter where Kea's leases are in the cluster. Values and meanings come from the MariaDB
 * documentation "Galera Cluster System Variables", from Percona's "Index of wsrep system variables", and from runs of
 * this harness where a text says so.
 */
const SETTINGS: readonly Setting[] = [
  {
    name: 'wsrep_retry_autocommit',
    advised: '1 or more',
    isAdvised: (value) => Number(value) >= 1,
    meaning:
      'how often a node repeats a statement that lost a race with another node before it reports error 1213; Kea then ' +
      'refuses the client (DHCPNAK, NoAddrsAvail), which starts over. With Kea 2.2.0 on MariaDB 10.11 the value made no ' +
      'difference: with 0, 1, 4 and 100 about as many clients were refused.',
  },
  {
    name: 'innodb_flush_log_at_trx_commit',
    advised: '1',
    isAdvised: is('1'),
    meaning:
      'with 0 or 2 a node that loses power forgets up to a second of leases it has acknowledged; the other nodes still ' +
      'have them, unless they lose power too. Take 2 for speed only where each node has its own power supply.',
  },
  {
    name: 'innodb_autoinc_lock_mode',
    advised: '2',
    isAdvised: is('2'),
    meaning:
      'Galera replicates correctly with interleaved locking only; 0 and 1 end in deadlocks between nodes.',
    required: true,
  },
  {
    name: 'binlog_format',
    advised: 'ROW',
    isAdvised: is('ROW'),
    meaning: 'Galera replicates rows; with another format the other nodes do not get what a node writes.',
    required: true,
  },
  {
    name: 'transaction_isolation',
    aliases: ['tx_isolation'],
    advised: 'REPEATABLE-READ',
    isAdvised: is('REPEATABLE-READ', 'READ-COMMITTED'),
    meaning:
      'applies within a node; between nodes certification decides, whatever the level is. SERIALIZABLE makes reads lock ' +
      'and conflict, READ-UNCOMMITTED shows what is never committed.',
  },
  {
    name: 'wsrep_sync_wait',
    advised: '0 or 1',
    isAdvised: is('0', '1'),
    meaning:
      'with 1 each read first waits for what the other nodes have written, with 0 Kea may look at a lease some ' +
      'milliseconds old. Either way certification, not the read, keeps a lease from being given twice; 1 costs time on every packet.',
  },
  {
    name: 'wsrep_certify_nonpk',
    advised: 'ON',
    isAdvised: is('ON', '1'),
    meaning: 'rows of tables without a primary key are certified as well; OFF lets nodes drift apart there.',
    required: true,
  },
  {
    name: 'wsrep_certification_rules',
    advised: 'strict',
    isAdvised: is('STRICT', 'OPTIMIZED'),
    meaning:
      'says how foreign keys count when two nodes write at the same time; nodes with different rules decide differently.',
    sameOnAll: true,
  },
  {
    name: 'wsrep_osu_method',
    advised: 'TOI',
    isAdvised: is('TOI'),
    meaning: "kea-admin's db-init and db-upgrade reach every node at the same point only with TOI.",
  },
  {
    name: 'wsrep_auto_increment_control',
    advised: 'ON',
    isAdvised: is('ON', '1'),
    meaning:
      'each node takes numbers of its own for AUTO_INCREMENT columns, such as those of host reservations; with OFF two nodes ' +
      'may take the same number at the same moment, and one of the statements fails.',
  },
  {
    name: 'wsrep_desync',
    advised: 'OFF',
    isAdvised: is('OFF', '0'),
    meaning: 'with ON the node may fall behind the others without slowing them down, and serve old leases.',
  },
  {
    name: 'pxc_strict_mode',
    advised: 'ENFORCING',
    isAdvised: is('ENFORCING', 'MASTER'),
    meaning: 'Percona then refuses what does not replicate; DISABLED and PERMISSIVE let it through.',
  },
  {
    name: 'log_bin_trust_function_creators',
    advised: 'ON',
    isAdvised: is('ON', '1'),
    meaning:
      "without it a server that writes a binary log refuses the triggers of Kea's schema to Kea's user (error 1419).",
  },
];

/**
 * The settings that matter for lease allocation, as far as these nodes have them: present values, their meaning, and
 * the advised values. A setting that is not the same on every node is at least a note. Plain servers are passed over,
 * because the settings matter only between nodes that replicate.
 */
export function settingsAdvice(nodes: readonly NodeFacts[]): SettingAdvice[] {
  const members = nodes.filter(({ kind }) => kind !== 'plain');
  return SETTINGS.flatMap((setting) => {
    const names = [setting.name, ...(setting.aliases ?? [])];
    const found = members.flatMap(({ name, variables }) => {
      const variable = names.find((one) => variables[one] !== undefined);
      return variable === undefined ? [] : [{ node: name, variable, value: variables[variable] ?? '' }];
    });
    const [first] = found;
    if (first === undefined) return [];
    return [
      {
        name: first.variable,
        values: Object.fromEntries(found.map(({ node, value }) => [node, value])),
        advised: setting.advised,
        meaning: setting.meaning,
        weight: weightOf(
          setting,
          found.map(({ value }) => value),
        ),
      },
    ];
  });
}

function weightOf(
  { isAdvised, required, sameOnAll }: Setting,
  values: readonly string[],
): SettingAdvice['weight'] {
  const differ = new Set(values).size > 1;
  if (differ && sameOnAll === true) return 'wrong';
  if (!values.every(isAdvised)) return required === true ? 'wrong' : 'note';
  return differ ? 'note' : 'ok';
}
