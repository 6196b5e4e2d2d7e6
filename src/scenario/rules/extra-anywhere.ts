import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { cannotBeSet } from './extra-refusal.js';

/** Why a server's identifier can't be set. */
export const SERVER_ID = 'the harness gives each server an identifier of its own';

/** What the judgement must know, wherever it stands: in a class it would hold for some clients only. */
const OWNED_ANYWHERE: Readonly<Record<string, string>> = {
  'offer-lifetime':
    'the judgement must know which rows are offers, and kea.offerLifetime states it for all clients',
};

/**
 * What must not stand at any depth of a part of Kea's configuration.
 *
 * @param isTop whether `value` is the part itself, whose keys have rules of their own
 */
export function ownAnywhere(path: Path, value: unknown, isTop = true): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const why = isTop ? undefined : OWNED_ANYWHERE[key];
    if (why !== undefined) return [cannotBeSet(place, why)];
    if (/^(password|secret)$/.test(key))
      return [cannotBeSet(place, 'a scenario is stored in every run directory, and must hold no password')];
    return [...(LISTS[key]?.(place, inner) ?? []), ...ownAnywhere(place, inner, false)];
  });
}

/** The lists with entries that the harness owns. */
const LISTS: Readonly<Record<string, (path: Path, list: unknown) => Finding[]>> = {
  'option-data': ownIdentifier,
  'hooks-libraries': ownIdentities,
  loggers: silentLoggers,
};

/** A hook that writes other client identifiers into the rows (Kea manual, "Flexible Identifiers"). */
function ownIdentities(path: Path, list: unknown): Finding[] {
  return entriesOf(list).flatMap(([index, { library, parameters }]) => {
    const { 'replace-client-id': replaces } = (parameters ?? {}) as Record<string, unknown>;
    return replaces === true && /flex_id/.test(String(library))
      ? [
          cannotBeSet(
            [...path, index, 'parameters', 'replace-client-id'],
            'rows are known by the identifiers that clients send',
          ),
        ]
      : [];
  });
}

const COARSER = ['WARN', 'ERROR', 'FATAL', 'NONE'];

/** Logs tell of refusals, conflicts and lost databases. Only what Kea says of each lease may be left out, as it is by default. */
function silentLoggers(path: Path, list: unknown): Finding[] {
  return entriesOf(list).flatMap(([index, { name, severity }]) => {
    const isOfLeases = severity === 'WARN' && /^kea-dhcp[46]\.leases$/.test(String(name));
    return COARSER.includes(String(severity)) && !isOfLeases
      ? [
          cannotBeSet(
            [...path, index, 'severity'],
            `the log is evidence, and ${String(severity)} leaves out what it tells: take INFO or DEBUG`,
          ),
        ]
      : [];
  });
}

function entriesOf(list: unknown): [number, Record<string, unknown>][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown, index): [number, Record<string, unknown>][] =>
    typeof one === 'object' && one !== null ? [[index, one as Record<string, unknown>]] : [],
  );
}

/** The code of the DHCPv4 server identifier (RFC 2132 section 9.7). */
const SERVER_IDENTIFIER = 54;

function ownIdentifier(path: Path, list: unknown): Finding[] {
  return entriesOf(list).flatMap(([index, { code, name }]) => {
    const isOwn =
      name === 'dhcp-server-identifier' || (code === SERVER_IDENTIFIER && !path.includes('dhcp6Extra'));
    return isOwn ? [cannotBeSet([...path, index], SERVER_ID)] : [];
  });
}
