import type { Result } from '../../results/result.js';
import { isPlainObject } from '../../scenario/language/settings.js';

/** What sets servers of a run apart, or changes all of them in a way that no configuration says; empty for most runs. */
export function changedServers({ scenario }: Pick<Result, 'scenario'>): string[] {
  const { kea, servers } = scenario.effective;
  const repaired = isPlainObject(kea) && kea['repairedRetry'] === true;
  const list: readonly unknown[] = Array.isArray(servers) ? servers : [];
  return [
    ...(repaired ? ['Kea changed by a library: its retry after a lost race works'] : []),
    ...list.flatMap((server, index) =>
      isPlainObject(server) ? changesOf(server, `server-${index + 1}`) : [],
    ),
  ];
}

function changesOf(
  { clockOffset, timeZone, environment, kea }: Readonly<Record<string, unknown>>,
  name: string,
): string[] {
  const offset = Number(clockOffset ?? 0);
  return [
    ...(offset === 0 ? [] : [`clock of ${name} ${Math.abs(offset)} s ${offset < 0 ? 'behind' : 'ahead'}`]),
    ...(typeof timeZone === 'string' ? [`${name} in ${timeZone}`] : []),
    ...(isPlainObject(environment) ? [`${name} with ${Object.keys(environment).join(', ')}`] : []),
    ...(isPlainObject(kea) ? settingsOf(kea, name) : []),
  ];
}

function settingsOf({ version, ...others }: Readonly<Record<string, unknown>>, name: string): string[] {
  const keys = Object.keys(others);
  return [
    ...(typeof version === 'string' ? [`${name} of Kea ${version}`] : []),
    ...(keys.length === 0 ? [] : [`${name} with its own ${keys.join(', ')}`]),
  ];
}

/** ` (server-2 in Asia/Tokyo)`; empty for a run that changed nothing. */
export function changedText(result: Pick<Result, 'scenario'>): string {
  const changes = changedServers(result);
  return changes.length === 0 ? '' : ` (${changes.join('; ')})`;
}
