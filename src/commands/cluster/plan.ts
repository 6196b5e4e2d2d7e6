import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { sectionMarkdown } from '../../cluster/plan/markdown.js';
import {
  PERCONA_RELEASES,
  type PerconaRelease,
  type PlanFlavor,
  type PlanSection,
} from '../../cluster/plan/cluster-plan.js';
import { planSections } from '../../cluster/plan/plan.js';
import { planOf, requirePlannedRelease } from '../../cluster/plan/request.js';
import { HarnessError, messageOf } from '../../errors.js';
import { namesIn } from '../../files/entries.js';
import { makeDirectory } from '../../store/report-directory.js';
import { onlyOne } from '../options/once-only-option.js';
import { joined, keaVersionOf } from './options.js';

interface PlanArguments {
  flavor: PlanFlavor;
  release: PerconaRelease;
  nodes: number | undefined;
  addresses: string;
  'kea-addresses': string | undefined;
  'kea-version': string;
  'cluster-name': string;
  database: string;
  user: string;
  out: string | undefined;
}

/** `cluster plan`: prints how to set up a cluster, ready to paste. It changes no cluster. */
export const clusterPlanCommand: CommandModule<object, PlanArguments> = {
  command: 'plan',
  describe: 'print how to set up a cluster for Kea, node by node, ready to paste',
  builder: (yargs) =>
    yargs
      .option('flavor', {
        choices: ['galera', 'percona'] as const,
        coerce: onlyOne<'galera' | 'percona'>('--flavor', 'flavor'),
        demandOption: true,
        describe: 'MariaDB with Galera, or Percona XtraDB Cluster',
      })
      .option('addresses', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        coerce: joined,
        describe: "the nodes' addresses or host names, separated by commas; the first one begins the cluster",
      })
      .option('nodes', {
        type: 'number',
        requiresArg: true,
        describe: 'number of nodes, 1 to 9; by default the number of addresses',
      })
      .option('kea-version', {
        type: 'string',
        default: '2.6.3',
        requiresArg: true,
        coerce: onlyOne('--kea-version', 'version'),
        describe: 'the Kea that will use it',
      })
      .option('kea-addresses', {
        type: 'string',
        requiresArg: true,
        coerce: joined,
        describe: "where the Kea servers are, the n-th for the n-th node; the nodes' own machines by default",
      })
      .option('database', {
        type: 'string',
        default: 'kea',
        requiresArg: true,
        coerce: onlyOne('--database', 'database'),
        describe: "Kea's database",
      })
      .option('user', {
        type: 'string',
        default: 'kea',
        requiresArg: true,
        coerce: onlyOne('--user', 'user'),
        describe: "Kea's database user",
      })
      .option('cluster-name', {
        type: 'string',
        default: 'kea',
        requiresArg: true,
        coerce: onlyOne('--cluster-name', 'name'),
        describe: 'name of the cluster (wsrep_cluster_name)',
      })
      .option('release', {
        // Without this type yargs reads 8.4 as a number, which is not among the choices.
        type: 'string',
        choices: PERCONA_RELEASES,
        default: '8.0' as const,
        coerce: onlyOne<PerconaRelease>('--release', 'release'),
        describe: 'release of Percona XtraDB Cluster; older releases are past their end of life',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--out', 'directory'),
        describe: 'write a file for each machine into this directory instead of printing',
      })
      // Runs before yargs checks the choices, as yargs gives no reason. `coerce` can't do it: yargs drops the hint of
      // an error from there.
      .middleware(({ release }) => {
        if (typeof release === 'string') requirePlannedRelease(release);
      }, true)
      .example('$0 cluster plan --flavor galera --addresses 10.0.0.1,10.0.0.2,10.0.0.3', 'three nodes')
      .example(
        '$0 cluster plan --flavor percona --addresses db1,db2,db3 --release 8.4 --out plan',
        'as files',
      )
      .epilogue('The printed commands ask for the passwords; the output contains none.'),
  handler: (argv) => {
    const sections = planSections(
      planOf({
        flavor: argv.flavor,
        perconaRelease: argv.release,
        nodes: argv.nodes,
        addresses: argv.addresses.split(','),
        keaAddresses: argv['kea-addresses']?.split(',') ?? [],
        keaVersion: keaVersionOf(argv['kea-version']),
        clusterName: argv['cluster-name'],
        database: argv.database,
        user: argv.user,
      }),
    );
    if (argv.out === undefined) process.stdout.write(sections.map(sectionMarkdown).join('\n'));
    else write(argv.out, sections);
  },
};

/**
 * Writes a file for each section.
 *
 * @throws HarnessError USAGE if the directory is not empty, STORAGE if it can't be written
 */
function write(directory: string, sections: readonly PlanSection[]): void {
  try {
    if (namesIn(directory).length > 0) {
      throw new HarnessError('USAGE', `--out ${directory} is not empty`, { hint: 'name a new directory' });
    }
    makeDirectory(resolve(directory));
    for (const section of sections)
      writeFileSync(join(directory, `${section.file}.md`), sectionMarkdown(section));
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw new HarnessError('STORAGE', `--out ${directory}: ${messageOf(error)}`, {
      hint: 'name a directory that you may write to',
      cause: error,
    });
  }
  process.stdout.write(`${sections.map(({ file }) => join(directory, `${file}.md`)).join('\n')}\n`);
}
