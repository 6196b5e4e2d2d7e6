import { nodeOptionFile, PROVIDER } from './configuration.js';
import { firewallParts } from './firewall.js';
import type { ClusterPlan, PlannedNode, PlanPart, PlanSection, Product } from './cluster-plan.js';
import { eachSystem, paragraph, shell, statusQuestion } from './parts.js';

/** Everything that is done on one node's machine, in order; the first node begins the cluster, the others join it. */
export function nodeSection(plan: ClusterPlan, node: PlannedNode, product: Product): PlanSection {
  const [first = node] = plan.nodes;
  const isFirst = node === first;
  return {
    file: node.name,
    title: `${node.name}, ${node.host}: ${isFirst ? 'begins the cluster' : 'joins'}`,
    steps: [
      { title: 'Install', parts: eachSystem((system) => product.install(system)) },
      { title: 'Configure', parts: configurationParts(plan, node, product) },
      { title: 'Firewall', parts: firewallParts(plan, node) },
      {
        title: 'Start',
        parts: [
          ...product.beforeStart(node, first),
          ...(isFirst
            ? [
                paragraph('Only on this node, and only the first time:'),
                shell(product.startFirst),
                ...product.afterFirstStart,
              ]
            : [
                paragraph(
                  `Start one node at a time. The data of ${first.name} replaces all data that the node has.`,
                ),
                shell(product.startJoiner),
              ]),
        ],
      },
      {
        title: 'Check',
        parts: [
          paragraph(`The answer must be: size ${node.number}, Primary, Synced, ON.`),
          shell(statusQuestion(product.client)),
        ],
      },
    ].filter(({ parts }) => parts.length > 0),
  };
}

function configurationParts(plan: ClusterPlan, node: PlannedNode, product: Product): PlanPart[] {
  return [
    ...eachSystem((system) =>
      [
        `configuration=${product.configurationFile(system)}`,
        `${PROVIDER}=$(${product.provider(system)})`,
      ].join('\n'),
    ),
    paragraph('Then, in the same shell:'),
    shell(`cat > "$configuration" <<END\n${nodeOptionFile(plan, node, product)}\nEND`),
  ];
}
