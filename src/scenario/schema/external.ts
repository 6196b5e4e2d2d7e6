import { isIP } from 'node:net';
import { z } from 'zod';
import { CASE_KINDS } from '../../protocol/cases.js';
import { path } from './primitives.js';

/** The environment variable with the password of the database user, where a scenario names no other. */
export const PASSWORD_VARIABLE = 'KEA_CONFORMANCE_DB_PASSWORD';

const address = z.string().refine((text) => isIP(text) !== 0, { message: 'must be an IPv4 or IPv6 address' });
const port = z.int().min(1).max(65_535);

const endpoint = z.strictObject({
  address: address.describe('where the server takes requests; IPv4 for dhcp4, IPv6 for dhcp6'),
  port: port.optional().describe("the server's UDP port; 67 or 547 by default"),
  relay: address.describe(
    'the address of this machine to which the server answers; in DHCPv4 it is the giaddr of the requests and selects the subnet',
  ),
  replyPort: port
    .optional()
    .describe(
      "the port to which it answers, 67 or 547 by default, which needs a privilege; Kea's option -P sets another one",
    ),
  control: z
    .string()
    .regex(/^(\/|https?:\/\/)/, { message: 'must be the path of a Unix socket or a http(s) URL' })
    .optional()
    .describe(
      "Kea's control channel, for its own counters: the path of its socket, or the URL of its control agent. If left out, the counters are not compared; leave it out if the server serves other clients meanwhile",
    ),
});

const subnet = z
  .strictObject({
    id: z.int().min(1).max(4_294_967_294).describe("Kea's subnet-id"),
    linkAddress: address
      .optional()
      .describe('DHCPv6: an address of the subnet, which the RELAY-FORW carries to select it'),
    pool: z
      .strictObject({
        first: address.describe('the first address of the pool'),
        last: address.describe('the last one'),
      })
      .optional()
      .describe('the addresses that the server may give, for the audit; by default all of the subnet'),
    prefixPool: z
      .strictObject({
        prefix: address.describe('the prefix that the pool is made of'),
        length: z.int().min(1).max(128).describe('its length'),
        delegatedLength: z.int().min(1).max(128).describe('the length of each prefix that is delegated'),
      })
      .optional()
      .describe('the pool of delegated prefixes, as in pd-pools'),
  })
  .describe("where the case's leases come from");

/** `external`: nodes and servers that someone else runs. */
export const external = z
  .strictObject({
    nodes: z
      .array(
        z.strictObject({
          host: z.string().min(1).describe('name or address of the database node'),
          port: port.default(3306).describe('its port for SQL clients'),
        }),
      )
      .min(1)
      .max(9)
      .describe('the database nodes; counted from 1'),
    user: z
      .string()
      .min(1)
      .describe('the database user that reads the lease tables and counters; needs only SELECT'),
    passwordEnvironment: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { message: 'must be the name of an environment variable' })
      .default(PASSWORD_VARIABLE)
      .describe('the environment variable that holds its password'),
    database: z.string().min(1).default('kea').describe("Kea's lease database"),
    tls: z
      .strictObject({
        ca: path.optional().describe('PEM file; without it the certificate is not verified'),
      })
      .optional()
      .describe('speak TLS to the nodes'),
    servers: z
      .array(
        z.strictObject({
          node: z.int().min(1).describe('the node that this server uses, from 1'),
          ...Object.fromEntries(
            CASE_KINDS.map((kind) => [
              kind,
              endpoint.optional().describe('where the server takes requests of this case'),
            ]),
          ),
        } as { node: z.ZodInt } & Record<(typeof CASE_KINDS)[number], z.ZodOptional<typeof endpoint>>),
      )
      .min(1)
      .max(9)
      .describe('the Kea servers; each has an endpoint for every case that is run'),
    subnets: z
      .partialRecord(z.enum(CASE_KINDS), subnet)
      .describe('the subnet from which each case gets its leases'),
    consent: z
      .boolean()
      .default(false)
      .describe(
        'true: the owner of these servers agrees to the load and to the leases; needed for any address that is not loopback',
      ),
    leaseBudget: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(1_000)
      .describe('the most leases that a run may take, over all cases'),
    release: z
      .boolean()
      .default(true)
      .describe("whether to release the run's own leases at its end; `clean --external` does it later"),
  })
  .optional()
  .describe('nodes and servers that someone else runs, with cluster.provider: external');

/** The endpoint for the requests of one case, on a server that someone else runs. */
export type ExternalEndpoint = z.output<typeof endpoint>;
