import type { Result } from '../../results/result.js';
import { isPlainObject } from '../../scenario/language/settings.js';

const SETTING = 'innodb_flush_log_at_trx_commit';
/** How often InnoDB writes its log where commits do not, seconds (MariaDB manual, "InnoDB System Variables"). */
const TIMEOUT = { setting: 'innodb_flush_log_at_timeout', byDefault: 1 };

/** What a run with faults says nothing of, or loses, because its nodes do not write each commit to the disk. */
export function durabilitySentences({
  scenario,
  environment,
}: Pick<Result, 'scenario' | 'environment'>): string[] {
  const value = String(environment?.database.settings[SETTING] ?? '');
  if (value === '2')
    return [
      `${SETTING} is 2: a process that is killed leaves to the kernel what it has written, so the run says nothing about a power cut`,
    ];
  if (value !== '0') return [];
  const longest = statedTimeout(scenario.effective['cluster']);
  return [
    `${SETTING} is 0: commits of up to ${longest === 1 ? 'a second' : `${longest} seconds`} are only in memory, and a node that is killed loses them`,
  ];
}

function statedTimeout(cluster: unknown): number {
  const settings: unknown = isPlainObject(cluster) ? cluster['settings'] : undefined;
  const stated = Number(isPlainObject(settings) ? settings[TIMEOUT.setting] : undefined);
  return stated > 0 ? stated : TIMEOUT.byDefault;
}
