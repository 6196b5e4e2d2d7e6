import type Docker from 'dockerode';
import { ensureImage } from '../docker/images/image.js';
import { ensurePulled } from '../docker/images/pull.js';
import type { Role } from '../docker/images/role.js';
import type { RunContainers } from '../docker/run-containers.js';
import { HarnessError } from '../errors.js';
import { SCHEMA_SCRIPTS, type KeaImage } from '../kea/docker/kea-image.js';
import { KeasOfRun } from '../kea/versions/keas-of-run.js';
import { requireVersions, suiteWith } from '../packages/suites.js';
import { allOf } from '../processes/all-of.js';
import type { Scenario } from '../scenario/schema.js';
import type { Preparing } from './provider.js';
import { hasCommitHistory } from '../scenario/commit-history.js';
import { traitsOf } from '../scenario/flavors.js';
import { withoutHistory } from './without-history.js';

/** The images of a run, and the versions and files found in them. */
export interface SystemImages {
  database: {
    reference: string;
    version: string;
    provider: string;
    /** Whether it has the program that prints binary logs; false where nobody wants to know. */
    printsLogs: boolean;
  };
  keas: KeasOfRun<KeaImage>;
  /** Absent for a run without a proxy. */
  haproxy?: { reference: string; version: string };
}

/** Prints Kea's version on the first line, and Kea's script for the lease schema on the others. */
const ASK_KEA = `kea-dhcp4 -v && cat ${SCHEMA_SCRIPTS}/dhcpdb_create.mysql`;
/**
 * Prints the server's version on the first line, and the path of its replication library, if it has one, on the
 * second.
 */
const askDatabase = (server: string): string =>
  `${server} --no-defaults --version && find /usr/lib* -name libgalera_smm.so -print -quit`;

const NOBODY = { uid: 65_534, gid: 65_534 };

/**
 * Pulls or builds the images where the engine lacks them, and looks into them.
 * Errors: PREREQUISITE, PACKAGES; the signal's reason when aborted.
 */
export async function readyImages(
  engine: Docker,
  scenario: Scenario,
  containers: RunContainers,
  preparing: Preparing,
): Promise<SystemImages> {
  const { cluster, kea } = scenario;
  const { suite, databaseImage, keaImage, perconaVersion } = cluster.docker;
  const { version: mariadb, galeraVersion: galera } = cluster;
  const isVersioned = mariadb !== undefined || galera !== undefined;
  const databaseSuite = isVersioned ? suiteWith({ mariadb, galera }) : suite;
  const keaOf = async (version: string | undefined, named: string | undefined): Promise<KeaImage> => {
    const keaSuite = version === undefined ? suite : suiteWith({ kea: version });
    const reference = await imageOf(engine, 'kea', keaSuite, named, preparing);
    return keaIn(reference, version, containers);
  };
  const keas = await KeasOfRun.resolve(await keaOf(kea.version, keaImage), scenario, (version) =>
    keaOf(version, undefined),
  );
  const isPercona = traitsOf(cluster.flavor).product === 'percona';
  const database = isPercona
    ? await imageOf(engine, 'percona', perconaVersion, databaseImage, preparing)
    : await imageOf(engine, 'galera', databaseSuite, databaseImage, preparing);
  const haproxy =
    kea.proxy === undefined ? undefined : await imageOf(engine, 'haproxy', suite, undefined, preparing);
  const [databaseSaid, haproxySaid] = await allOf([
    ask(containers, 'database', database, askDatabase(isPercona ? 'mysqld' : 'mariadbd')),
    haproxy === undefined ? Promise.resolve('') : ask(containers, 'proxy', haproxy, 'haproxy -v'),
  ]);
  const printsLogs =
    hasCommitHistory(cluster) && (await hasProgram(containers, database, printerOf(cluster.flavor)));
  if (hasCommitHistory(cluster) && !printsLogs)
    withoutHistory({ cluster }, preparing, {
      lacking: `the image ${database} has no ${printerOf(cluster.flavor)}`,
      hint: 'set cluster.commitHistory: false, or leave cluster.docker.databaseImage out, and the image is built',
    });
  const [serverVersion = '', provider = ''] = (databaseSaid ?? '').split('\n');
  const databaseVersion = /Ver (\d+\.\d+\.\d+)/.exec(serverVersion)?.[1] ?? '';
  requireVersions({ mariadb: databaseVersion }, { mariadb }, `the image ${database}`);
  return {
    keas,
    database: {
      reference: database,
      version: databaseVersion,
      provider,
      printsLogs,
    },
    ...(haproxy === undefined
      ? {}
      : {
          haproxy: {
            reference: haproxy,
            version: /version (\d+\.\d+\.\d+)/.exec(haproxySaid ?? '')?.[1] ?? '',
          },
        }),
  };
}

/** Looks which Kea an image has. */
async function keaIn(
  reference: string,
  wanted: string | undefined,
  containers: RunContainers,
): Promise<KeaImage> {
  const said = await ask(containers, 'kea', reference, ASK_KEA);
  const [version = '', ...schema] = said.split('\n');
  requireVersions({ kea: version.trim() }, { kea: wanted }, `the image ${reference}`);
  return { reference, version: version.trim(), schema: schema.join('\n') };
}

/** As `ServerInImage.printLog`, before the version of the server is known. */
function printerOf(flavor: Scenario['cluster']['flavor']): string {
  return traitsOf(flavor).product === 'percona' ? 'mysqlbinlog' : 'mariadb-binlog';
}

async function hasProgram(containers: RunContainers, image: string, program: string): Promise<boolean> {
  const { code } = await containers.runToEnd({
    ...{ name: `the inspection of ${image}`, hostname: 'look-log', image, user: NOBODY },
    command: ['sh', '-euc', `command -v ${program}`],
  });
  return code === 0;
}

/** The image that the scenario names, else the image of the role. */
async function imageOf(
  engine: Docker,
  role: Role,
  suite: string,
  named: string | undefined,
  { signal, onProgress }: Preparing,
): Promise<string> {
  if (named === undefined) {
    const say = (message: string): void => onProgress({ message });
    return (await ensureImage({ engine, role, suite, signal, say })).reference;
  }
  await ensurePulled(engine, named, signal);
  return named;
}

async function ask(
  containers: RunContainers,
  what: string,
  image: string,
  question: string,
): Promise<string> {
  const { code, stdout, stderr } = await containers.runToEnd({
    name: `the inspection of ${image}`,
    hostname: `look-${what}`,
    image,
    command: ['sh', '-euc', question],
    user: NOBODY,
  });
  if (code === 0) return stdout;
  throw new HarnessError(
    'PREREQUISITE',
    `the image ${image} can't be used for the ${what}: ${stderr.trim() || `exit code ${code}`}`,
    { hint: 'leave out cluster.docker.keaImage and databaseImage, and the images are built' },
  );
}
