import { loadCatalogue } from '../scenario/load.js';
import { loadText } from '../scenario/language/load-text.js';
import { serversOf, type Scenario } from '../scenario/schema.js';
import { suiteCatalogue } from '../scenario/suites/load.js';
import { escaped, GENERATED, markdownTable } from './markdown-table.js';
import { code } from './value-text.js';

function scenarioRow(scenario: Scenario): string[] {
  const { name, expect, description, cluster, cases, load } = scenario;
  return [
    `[${name}](../../scenarios/${name}.yaml)`,
    escaped(description),
    cases.map(code).join(', '),
    `${cluster.nodes} ${cluster.flavor}, ${serversOf(scenario).length} a case`,
    loadText(load),
    expect,
  ];
}

/** `docs/reference/catalogue.md`: the scenarios and suites of the package. */
export function cataloguePage(): string {
  return `${GENERATED}
# Scenarios and suites

\`run NAME\` runs one of them, and \`--quick\` as its \`quick:\` block says; \`--set\` changes whatever you like. To write your
own, see [Writing a scenario](../writing-a-scenario.md).

${markdownTable(
  ['scenario', 'what it is', 'cases', 'nodes, servers', 'load of each server', 'expects'],
  loadCatalogue().map(scenarioRow),
)}
Suites are several runs, shown side by side:

${markdownTable(
  ['suite', 'what it is'],
  suiteCatalogue().map(({ name, description }) => [
    `[${name}](../../suites/${name}.yaml)`,
    escaped(description),
  ]),
)}`;
}
