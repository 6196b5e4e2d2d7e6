import { afterwardsSection, overviewSection } from './overview.js';
import { databaseSection } from './database-section.js';
import { MARIADB_GALERA } from './galera.js';
import { keaSection } from './kea-section.js';
import type { ClusterPlan, PlanSection, Product } from './cluster-plan.js';
import { nodeSection } from './node-section.js';
import { perconaCluster } from './percona.js';

/**
 * All steps for a cluster and the Kea servers on it, in order. Only passwords are left to fill in, and the plan's
 * commands ask for them where they are needed.
 */
export function planSections(plan: ClusterPlan): PlanSection[] {
  const product = productOf(plan);
  return [
    overviewSection(plan, product),
    ...plan.nodes.map((node) => nodeSection(plan, node, product)),
    databaseSection(plan, product),
    ...plan.keaHosts.flatMap((keaHost, i) => {
      const node = plan.nodes[i % plan.nodes.length];
      return node === undefined ? [] : [keaSection(plan, node, keaHost, i + 1)];
    }),
    afterwardsSection(plan, product),
  ];
}

function productOf({ flavor, perconaRelease }: ClusterPlan): Product {
  return flavor === 'galera' ? MARIADB_GALERA : perconaCluster(perconaRelease);
}
