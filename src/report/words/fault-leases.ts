import { number } from '../../numbers.js';
import type { FaultFigures, FaultLeases, FaultsResult } from '../../results/faults.js';
import { seconds } from './seconds.js';

/** What is said of leases and the faults under which they were given. */

/** The most leases that a sentence each is about. */
const LEASES_SHOWN = 5;

/** The leases that were lost and those that two clients held, with the faults under which they were given. */
export function leaseSentences({ faults, lost, heldByTwo }: FaultsResult): string[] {
  return [
    ...sentencesOf(faults, lost, 'acknowledged leases are not on every node at the end'),
    ...sentencesOf(faults, heldByTwo, 'leases were held by two clients'),
  ];
}

function sentencesOf(
  faults: readonly FaultFigures[],
  found: FaultLeases | undefined,
  what: string,
): string[] {
  if (found === undefined || found.total === 0) return [];
  const parts = found.during.map(
    (one) => `${number(one.leases)} ${givenText(faults, one.faults, one.before)}`,
  );
  const more = found.total - Math.min(found.leases.length, LEASES_SHOWN);
  return [
    `${found.total} ${what}: ${parts.join(', ')}`,
    ...found.leases.slice(0, LEASES_SHOWN).map((one) => leaseSentence(one, faults)),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
}

/** Such as `dhcp4 192.0.2.7 of client 5 by server-2 at 12.3 s, given during kill of node-3; not on node-1`. */
function leaseSentence(
  { case: name, lease, clients, servers, nodes, atMs, during, before }: FaultLeases['leases'][number],
  faults: readonly FaultFigures[],
): string {
  const whose = `client${clients.length === 1 ? '' : 's'} ${clients.join(' and ')}`;
  const lacking = nodes === undefined || nodes.length === 0 ? '' : `; not on ${nodes.join(', ')}`;
  const by = [...new Set(servers)].join(' and ');
  return `${name} ${lease} of ${whose} by ${by} at ${seconds(atMs)}, ${givenText(faults, during, before)}${lacking}`;
}

/** Enough of a fault to name it. */
export type NamedFault = Pick<FaultFigures, 'fault' | 'on'>;

/**
 * Such as `given during kill of node-3 and freeze of server-1`. A fault counts until its effects are over.
 *
 * @param places the places of the faults in the list that were active
 * @param before if none was: the place of the first one after that
 */
export function givenText(faults: readonly NamedFault[], places: readonly number[], before?: number): string {
  const next = before === undefined ? undefined : faults[before];
  if (places.length === 0)
    return next === undefined ? 'given under no fault' : `given before ${faultName(next)}`;
  const names = places.flatMap((place) => faults[place] ?? []).map(faultName);
  return `given during ${names.join(' and ')}`;
}

/** Such as `kill of node-3`. */
export function faultName({ fault, on }: NamedFault): string {
  return `${fault} of ${on}`;
}
