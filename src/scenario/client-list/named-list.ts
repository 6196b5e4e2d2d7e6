import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { whyNot } from '../../files/why-not.js';
import { familyOf } from '../../protocol/cases.js';
import { ScenarioError, throwIfAny } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';
import { problemOfSent } from '../sent-bytes.js';
import { readClientList } from './client-list.js';
import type { ListedClient, ListProblem } from './listed-client.js';
import { hex, repeated } from './same-identities.js';
import { sentByClient } from './sent-by-client.js';

/** A list of clients that a scenario names. */
export interface NamedList {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

const KEY = 'load.clientsFrom';

/**
 * Reads the list that a scenario names, and checks it against the load.
 *
 * @param base the directory that a relative path counts from: that of the scenario's file, or the working directory for a
 *   path of `--set`
 * @throws ScenarioError with file, line and column
 * @returns undefined where the scenario names none
 */
export function readNamedList(scenario: Scenario, base: string): NamedList | undefined {
  const { clientsFrom } = scenario.load;
  if (clientsFrom === undefined) return undefined;
  const path = resolve(base, clientsFrom);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ScenarioError([
      {
        location: { file: path },
        path: KEY,
        message: `${KEY}: the list can't be read: ${whyNot(error)}`,
        hint: 'a relative path counts from the directory of the scenario file; with --set, from the working directory',
      },
    ]);
  }
  const { clients, problems } = readClientList(text, scenario.cases.map(familyOf));
  throwIfAny(
    [...problems, ...problemsWithLoad(clients, scenario)].map(({ line, column, message, hint }) => ({
      location: { file: path, line, column },
      path: KEY,
      message,
      hint: hint ?? 'mend this line of the list, or leave it out',
    })),
  );
  const servers = serversOf(scenario).length;
  const needed = clientsOfCase(scenario.load, servers);
  // With fanout all, every server sees the same clients.
  const groups = scenario.load.fanout === 'all' ? 1 : servers;
  if (clients.length < needed)
    throw new ScenarioError([
      {
        location: { file: path },
        path: KEY,
        message: `${KEY}: the list has ${clients.length} clients, and the load of each case needs ${needed}`,
        hint:
          clients.length < groups
            ? `list more clients: each of the ${groups} servers needs one or more`
            : `set load.clientsPerServer to ${Math.floor(clients.length / groups)} or less, or list more clients`,
      },
    ]);
  return { path, text };
}

/** What a list contradicts in the rest of its scenario. */
function problemsWithLoad(clients: readonly ListedClient[], { cases, kea, load }: Scenario): ListProblem[] {
  const families = [...new Set(cases.map(familyOf))];
  const tooLong = clients.flatMap((client): ListProblem[] =>
    families.flatMap((family) => {
      const problem = problemOfSent(family, sentByClient(load, client));
      return problem === undefined ? [] : [{ line: client.line, column: 1, message: problem.message }];
    }),
  );
  return [
    ...tooLong,
    ...(kea.reservedClients !== undefined && families.includes(6) ? sharedDuids(clients) : []),
  ];
}

/** A host reservation is of a DUID, whatever the IAID (Kea manual, "Host Reservations in DHCPv6"). */
function sharedDuids(clients: readonly ListedClient[]): ListProblem[] {
  return repeated(clients, ({ duid }) => `duid ${hex(duid)}`, {
    why: ', and kea.reservedClients reserves leases by DUID',
    hint: 'give each client a DUID of its own, or leave kea.reservedClients out',
  });
}
