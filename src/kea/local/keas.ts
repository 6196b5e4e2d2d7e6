import { join } from 'node:path';
import type { StartedCluster } from '../../cluster/started-cluster.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import { ensurePrivateRoot, type PrivateRootOptions } from '../../packages/private-root.js';
import type { Programs } from '../../packages/programs.js';
import { withVersions } from '../../packages/root-of-version.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { traitsOf } from '../../scenario/flavors.js';
import { serversOf, type Scenario } from '../../scenario/schema.js';
import { settingsOf } from '../configuration.js';
import type { ServerVersions } from '../start.js';
import { untilSchemaIsEverywhere, upgradeSchema } from './upgrade-schema.js';

/** The Keas of a run on this machine: one for all servers, or several of different versions. */
export class LocalKeas {
  readonly #own: Programs;
  readonly #byVersion: ReadonlyMap<string, Programs>;
  readonly #scenario: Scenario;

  private constructor(own: Programs, byVersion: ReadonlyMap<string, Programs>, scenario: Scenario) {
    this.#own = own;
    this.#byVersion = byVersion;
    this.#scenario = scenario;
  }

  /**
   * Gets the Keas that servers want in other versions than the rest, each from the private root that has it.
   *
   * @param own the programs of all other servers
   * @throws HarnessError PREREQUISITE where a version is not to be had; what `ensurePrivateRoot` throws
   */
  static async resolve(own: Programs, scenario: Scenario, options: PrivateRootOptions): Promise<LocalKeas> {
    const byVersion = new Map<string, Programs>();
    for (const wanted of new Set(serversOf(scenario).flatMap(({ kea }) => kea?.version ?? [])))
      byVersion.set(wanted, await withVersions(own, { kea: wanted }, ensurePrivateRoot, options));
    return new LocalKeas(own, byVersion, scenario);
  }

  /** The programs for a version that a server wants; undefined for a server that wants none. */
  readonly of = (wanted: string | undefined): Programs =>
    (wanted === undefined ? undefined : this.#byVersion.get(wanted)) ?? this.#own;

  /** The programs of the cluster: its lease schema is that of the oldest Kea, whose servers start first. */
  get ofCluster(): Programs {
    const oldest = this.#all.reduce((one, other) =>
      versionIn(one).atLeast(other.versions.kea) ? other : one,
    );
    return { ...this.#own, keaMysqlSchema: oldest.keaMysqlSchema };
  }

  get #all(): Programs[] {
    return serversOf(this.#scenario).map((server) => this.of(settingsOf(this.#scenario, server).version));
  }

  /** How the servers start one version after the other. */
  versionsOn(
    cluster: StartedCluster,
    starting: {
      live: LiveDirectory;
      logDirectory: string;
      timeoutMs: number;
      signal: AbortSignal;
      say: (text: string) => void;
    },
  ): ServerVersions {
    const { live, logDirectory, signal, say } = starting;
    // Nodes that share nothing have a schema of their own each.
    const { sharesLeases } = traitsOf(this.#scenario.cluster.flavor);
    const nodes = sharesLeases ? cluster.nodes.slice(0, 1) : cluster.nodes;
    return {
      of: ({ version }) => versionIn(this.of(version)),
      upgradeTo: async ({ text }) => {
        const newer = this.#all.find(({ versions }) => versions.kea === text) ?? this.#own;
        say(`Upgrading the lease schema to that of Kea ${text}, while the servers of earlier versions run…`);
        const programs = { ...this.#own, keaMysqlSchema: newer.keaMysqlSchema, versions: newer.versions };
        const logFile = join(logDirectory, 'schema-upgrade.log');
        for (const node of nodes) await upgradeSchema({ programs, node, live, logFile, signal });
        await untilSchemaIsEverywhere(cluster.nodes, starting);
      },
    };
  }
}

function versionIn({ versions }: Programs): KeaVersion {
  return new KeaVersion(versions.kea);
}
