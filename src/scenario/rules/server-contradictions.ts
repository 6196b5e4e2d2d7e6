import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';

/** What sets servers apart, or changes all of them, and contradicts the rest of the scenario. */
export function findServerContradictions(scenario: Scenario): Finding[] {
  return [
    ...preloadedElsewhere(scenario),
    ...versionsElsewhere(scenario),
    ...otherTimesBesideFaults(scenario),
  ];
}

/** Servers that somebody else runs have the versions that they have. */
function versionsElsewhere({ servers = [], cluster: { provider } }: Scenario): Finding[] {
  if (provider !== 'external') return [];
  return servers.flatMap(({ kea }, index): Finding[] =>
    kea?.version === undefined
      ? []
      : [
          {
            path: ['servers', index, 'kea', 'version'],
            related: [['cluster', 'provider']],
            at: 'value',
            message: `servers.${index}.kea.version needs cluster.provider: local or docker, but the provider is ${provider}`,
            hint: `leave servers.${index}.kea.version out: the harness asks the servers for their versions`,
          },
        ],
  );
}

/** Programs can be preloaded with libraries only where their own libraries are known. */
function preloadedElsewhere({ servers = [], kea, cluster: { provider } }: Scenario): Finding[] {
  if (provider === 'local') return [];
  const needsLocal = (path: Finding['path'], more = ''): Finding => ({
    path,
    related: [['cluster', 'provider']],
    at: 'value',
    message: `${path.join('.')} needs cluster.provider: local, but the provider is ${provider}`,
    hint: `set cluster.provider: local, or leave ${String(path.at(-1))} out${more}`,
  });
  return [
    ...(kea.repairedRetry === true ? [needsLocal(['kea', 'repairedRetry'])] : []),
    ...servers.flatMap(({ clockOffset }, index) =>
      clockOffset === undefined
        ? []
        : [needsLocal(['servers', index, 'clockOffset'], '; timeZone works in containers too')],
    ),
  ];
}

/** What a fault did to a server is read from the times in the server's log. */
function otherTimesBesideFaults({ servers = [], faults = [], randomFaults }: Scenario): Finding[] {
  if (faults.length === 0 && randomFaults === undefined) return [];
  return servers.flatMap((server, index) =>
    (['clockOffset', 'timeZone'] as const).flatMap((key): Finding[] =>
      server[key] === undefined
        ? []
        : [
            {
              path: ['servers', index, key],
              related: [[faults.length > 0 ? 'faults' : 'randomFaults']],
              at: 'value',
              message: `servers.${index}.${key} can't be combined with faults, which are judged by the times in the servers' logs`,
              hint: `leave the faults out, or ${key}`,
            },
          ],
    ),
  );
}
