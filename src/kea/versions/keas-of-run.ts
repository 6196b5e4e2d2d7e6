import type { StartedCluster, StartedNode } from '../../cluster/started-cluster.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import { traitsOf } from '../../scenario/flavors.js';
import { serversOf, type Scenario } from '../../scenario/schema.js';
import { settingsOf } from '../configuration.js';
import type { ServerVersions } from './start-order.js';
import { untilSchemaIsEverywhere } from './schema-everywhere.js';

/** A Kea that servers of the run can be started from. */
export interface KeaOfRun {
  /** Such as `2.6.3`. */
  readonly version: string;
}

/** How the lease schema becomes that of a newer Kea. */
export interface SchemaUpgrading<Kea extends KeaOfRun> {
  /** Upgrades the schema on one node; where nodes share their leases, any one of them stands for all. */
  upgrade: (newer: Kea, node: StartedNode, signal: AbortSignal) => Promise<void>;
  timeoutMs: number;
  say: (text: string) => void;
}

/**
 * The Keas of a run: one for all servers, or several of different versions, as in a rolling upgrade. Where they come from,
 * a private root or an image, is the provider's affair.
 */
export class KeasOfRun<Kea extends KeaOfRun> {
  /** The Kea of all servers that want no other version. */
  readonly own: Kea;
  readonly #byVersion: ReadonlyMap<string, Kea>;
  readonly #scenario: Scenario;

  private constructor(own: Kea, byVersion: ReadonlyMap<string, Kea>, scenario: Scenario) {
    this.own = own;
    this.#byVersion = byVersion;
    this.#scenario = scenario;
  }

  /** Gets the Keas that servers want in other versions than the rest, each version once. Throws what `get` throws. */
  static async resolve<Kea extends KeaOfRun>(
    own: Kea,
    scenario: Scenario,
    get: (wanted: string) => Promise<Kea>,
  ): Promise<KeasOfRun<Kea>> {
    const byVersion = new Map<string, Kea>();
    for (const wanted of new Set(serversOf(scenario).flatMap(({ kea }) => kea?.version ?? [])))
      byVersion.set(wanted, await get(wanted));
    return new KeasOfRun(own, byVersion, scenario);
  }

  /** The Kea for a version that a server wants; its own for a server that wants none. */
  readonly of = (wanted: string | undefined): Kea =>
    (wanted === undefined ? undefined : this.#byVersion.get(wanted)) ?? this.own;

  /** The cluster begins with the lease schema of the oldest Kea, whose servers start first. */
  get oldest(): Kea {
    return this.#all.reduce((one, other) => (versionOf(one).atLeast(other.version) ? other : one));
  }

  get #all(): Kea[] {
    return serversOf(this.#scenario).map((server) => this.of(settingsOf(this.#scenario, server).version));
  }

  /** How the servers start one version after the other. */
  versionsOn(cluster: StartedCluster, upgrading: SchemaUpgrading<Kea>): ServerVersions {
    // Nodes that share nothing have a schema of their own each.
    const { sharesLeases } = traitsOf(this.#scenario.cluster.flavor);
    const nodes = sharesLeases ? cluster.nodes.slice(0, 1) : cluster.nodes;
    return {
      of: ({ version }) => versionOf(this.of(version)),
      upgradeTo: async ({ text }, signal) => {
        const newer = this.#all.find(({ version }) => version === text) ?? this.own;
        upgrading.say(
          `Upgrading the lease schema to that of Kea ${text}, while the servers of earlier versions run…`,
        );
        for (const node of nodes) await upgrading.upgrade(newer, node, signal);
        await untilSchemaIsEverywhere(cluster.nodes, { timeoutMs: upgrading.timeoutMs, signal });
      },
    };
  }
}

function versionOf({ version }: KeaOfRun): KeaVersion {
  return new KeaVersion(version);
}
