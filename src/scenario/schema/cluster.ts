import { z } from 'zod';
import { FLAVORS, traitsOf } from '../flavors.js';
import { docker } from './docker.js';
import { percona } from './percona.js';
import { milliseconds, path, version } from './primitives.js';

/** `cluster`: the database nodes and what brings them up. */
export const cluster = z
  .strictObject({
    provider: z
      .enum(['local', 'docker', 'external'])
      .default('local')
      .describe(
        'local: processes of this machine; docker: containers of its Docker engine; external: nodes and servers that someone else runs, see `external`',
      ),
    network: z
      .enum(['loopback', 'private'])
      .default('loopback')
      .describe(
        'where the programs of provider local are. loopback: at the loopback addresses of this machine, which differ by their ports. private: each node, each server and the clients have a network namespace of their own on one switch, with addresses of their own and the standard ports; nothing of it is visible outside. It needs no root, but user namespaces',
      ),
    flavor: z
      .enum(FLAVORS)
      .default('galera')
      .describe(FLAVORS.map((flavor) => `${flavor}: ${traitsOf(flavor).meaning}`).join('; ')),
    nodes: z.int().min(1).max(9).default(3).describe('number of database nodes'),
    settings: z
      .record(
        z
          .string()
          .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, {
            message: 'must be a variable name: letters, digits, underscores',
          }),
        z.union([
          // A line break would add further lines to the server's option file.
          z.string().regex(/^[^\0\r\n]*$/, { message: 'must be a single line' }),
          z.number(),
          z.boolean(),
        ]),
      )
      .default({})
      .describe('server variables added to every node, such as wsrep_retry_autocommit: 4'),
    version: version
      .optional()
      .describe(
        "the version of MariaDB, such as 10.11 or 11.8; by default the version in the machine's own suite. Kea stays the same",
      ),
    galeraVersion: version
      .optional()
      .describe('the version of the Galera library, such as 26.4.23 or 26.4.27; by default that beside the server'),
    commitHistory: z
      .boolean()
      .optional()
      .describe(
        'whether each node writes a binary log, in which the changes of all leases are looked at after the load; by default with the providers local and docker and MariaDB',
      ),
    startTimeoutMs: milliseconds.default(60_000).describe('how long the cluster may take to become ready'),
    user: z.string().min(1).optional().describe('as root: the unprivileged user that runs nodes and servers'),
    mariadbd: path.optional().describe('an installed server program, instead of the private root'),
    mariadb: path.optional().describe('an installed command-line client'),
    wsrepProvider: path
      .optional()
      .describe(
        'an installed Galera library, libgalera_smm.so; with the flavor percona by default ' +
          'the library in KEA_CONFORMANCE_WSREP_PROVIDER, else that of the installation',
      ),
    percona,
    docker,
  })
  .prefault({})
  .describe('the database cluster');
