import { PASSWORD_VARIABLE } from '../../scenario/schema/external.js';
import type { CommandModule } from 'yargs';
import { checkCluster, unreachableError } from '../../cluster/check/check.js';
import { endpointText } from '../../cluster/endpoint.js';
import type { DatabaseAccess } from '../../cluster/started-cluster.js';
import { EXIT, HarnessError, messageOf } from '../../errors.js';
import { adviceOn } from '../../kea/advice/advice.js';
import { readServers } from '../../kea/advice/read-servers.js';
import { CERTIFICATE_BYTES, readTextOf } from '../../files/regular-file.js';
import { clusterCheckPage } from '../../report/html/cluster/check-page.js';
import { clusterCheckReport } from '../../report/text/cluster-check.js';
import { Interrupted, Interruption } from '../../run/interruption.js';
import { replaceOwnPage } from '../../store/own-page.js';
import { shownPath } from '../../store/report-directory.js';
import { printable } from '../../terminal/printable.js';
import { TOOL } from '../../tool.js';
import { styleFor } from '../../terminal/colour.js';
import { onlyOne } from '../options/once-only-option.js';
import { channelsOf, endpointsOf, joined, keaVersionOf, wholeNumber } from './options.js';

const MARIADB_PORT = 3_306;

interface CheckArguments {
  nodes: string;
  user: string;
  database: string;
  arbitrators: number;
  'kea-version': string | undefined;
  servers: string | undefined;
  timeout: number;
  tls: boolean;
  'tls-ca': string | undefined;
  json: boolean;
  out: string | undefined;
}

/** `cluster check`: makes the article's checks on any cluster. */
export const clusterCheckCommand: CommandModule<object, CheckArguments> = {
  command: 'check',
  describe: 'check a cluster that is up: members, replication from each node, schema, settings',
  builder: (yargs) =>
    yargs
      .option('nodes', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        coerce: joined,
        describe: 'every node that holds data: host, host:port or [IPv6]:port, separated by commas',
      })
      .option('user', {
        type: 'string',
        default: 'kea',
        requiresArg: true,
        coerce: onlyOne('--user', 'user'),
        describe: `database user; the password is taken from ${PASSWORD_VARIABLE}`,
      })
      .option('database', {
        type: 'string',
        default: 'kea',
        requiresArg: true,
        coerce: onlyOne('--database', 'database'),
        describe: "Kea's database; the check makes and removes a table of its own in it",
      })
      .option('kea-version', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--kea-version', 'version'),
        describe: 'the Kea that is to use it, such as 2.6.3: its schema must be there',
      })
      .option('servers', {
        type: 'string',
        requiresArg: true,
        coerce: joined,
        describe:
          'control channels of the Kea servers, separated by commas: paths of sockets, or URLs of control agents; says how far each is from the scenario recommended',
      })
      .option('arbitrators', {
        type: 'number',
        default: 0,
        requiresArg: true,
        describe: 'members that hold no data (garbd)',
      })
      .option('timeout', {
        type: 'number',
        default: 10,
        requiresArg: true,
        describe: 'seconds for an answer, and for a change to be seen everywhere',
      })
      .option('tls', {
        type: 'boolean',
        default: false,
        describe: 'use TLS without verifying the server',
      })
      .option('tls-ca', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--tls-ca', 'file'),
        describe:
          "PEM file of the authority that signed the servers' certificates; use TLS and verify the servers",
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as JSON' })
      .option('out', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--out', 'file'),
        describe: 'write the result as a page to this file',
      })
      .example(
        `${PASSWORD_VARIABLE}=… $0 cluster check --nodes 10.0.0.1,10.0.0.2,10.0.0.3 --kea-version 2.6.3`,
        'three nodes on the standard port',
      )
      .example(
        `${PASSWORD_VARIABLE}=… $0 cluster check --nodes 10.0.0.1,10.0.0.2 --servers http://10.0.0.1:8000/,http://10.0.0.2:8000/`,
        'and how far their servers are from what is advised',
      )
      .epilogue('Exit codes: 0 all good, 1 a check does not hold, 64 usage, 69 a node can not be asked.'),
  handler: async (argv) => {
    const interruption = new Interruption();
    interruption.listen();
    try {
      await check(argv, interruption.signal);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      process.exitCode = error.exitCode;
    } finally {
      interruption.ignore();
    }
  },
};

async function check(argv: CheckArguments, signal: AbortSignal): Promise<void> {
  const channels = argv.servers === undefined ? [] : channelsOf('--servers', argv.servers);
  const timeoutMs = wholeNumber('--timeout', argv.timeout, 1, 600) * 1_000;
  const access = accessOf(argv);
  const nodes = endpointsOf('--nodes', argv.nodes, MARIADB_PORT).map((endpoint) => ({
    name: endpointText(endpoint),
    access: { ...access, ...endpoint },
  }));
  const result = await checkCluster(nodes, {
    arbitrators: wholeNumber('--arbitrators', argv.arbitrators, 0, 9),
    keaVersion: keaVersionOf(argv['kea-version']),
    timeoutMs,
    signal,
  });
  const { servers, silent } = await readServers(channels, timeoutMs);
  const advice = servers.flatMap((server) => adviceOn(server));
  if (argv.out !== undefined) {
    const generator = `${TOOL.name} ${TOOL.version}`;
    const page = clusterCheckPage({ result, advice, silent, checkedAt: new Date(), generator });
    replaceOwnPage(argv.out, page);
  }
  if (argv.json) {
    const asked = argv.servers === undefined ? {} : { advice, silent };
    process.stdout.write(JSON.stringify({ ...result, ...asked }, null, 2) + '\n');
  } else if (result.nodes.length > 0) {
    // `columns` is 0 where the terminal does not know its width.
    const columns = process.stdout.columns || 80;
    process.stdout.write(clusterCheckReport(result, { columns, style: styleFor(process.stdout), advice }));
  }
  if (argv.out !== undefined && !argv.json) process.stdout.write(`\n${printable(shownPath(argv.out))}\n`);
  if (result.unreachable.length > 0) throw unreachableError(result.unreachable);
  const [mute] = silent;
  if (mute !== undefined)
    throw new HarnessError(
      'PREREQUISITE',
      silent.map(({ server, reason }) => `--servers ${server}: ${reason}`).join('\n  '),
      {
        hint: 'name the control channel of a kea-dhcp4 or kea-dhcp6 that runs; its configuration has it as control-socket',
      },
    );
  process.exitCode = EXIT[result.verdict];
}

function accessOf(argv: CheckArguments): Omit<DatabaseAccess, 'host' | 'port'> {
  const password = process.env[PASSWORD_VARIABLE];
  if (password === undefined) {
    throw new HarnessError('USAGE', `${PASSWORD_VARIABLE} is not set`, {
      hint: `the password of ${argv.user} is taken from the environment: read -rs ${PASSWORD_VARIABLE}; export ${PASSWORD_VARIABLE}`,
    });
  }
  const ca = argv['tls-ca'] === undefined ? undefined : readAuthority(argv['tls-ca']);
  const tls = ca !== undefined ? { ca } : argv.tls ? {} : undefined;
  return { user: argv.user, password, database: argv.database, tls };
}

function readAuthority(file: string): string {
  let text: string;
  try {
    text = readTextOf(file, CERTIFICATE_BYTES);
  } catch (error) {
    throw new HarnessError('USAGE', `--tls-ca ${file} can't be read: ${messageOf(error)}`, {
      hint: 'name a PEM file that can be read',
    });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new HarnessError('USAGE', `--tls-ca: ${file} holds no certificate`, {
    hint: 'a PEM file begins with -----BEGIN CERTIFICATE-----',
  });
}
