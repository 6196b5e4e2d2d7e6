import { causesPage } from './causes-page.js';
import { commandsPage } from './commands-page.js';
import { checksPage, errorsPage } from './errors-page.js';
import { figuresPage } from './result-page.js';
import { cataloguePage } from './catalogue-page.js';
import { manPage } from './man-page.js';
import { scenarioPage } from './scenario-page.js';
import { shippedSchemas } from './shipped-schemas.js';

/** Every file of the checkout that `npm run docs` generates from the code: its path and its text. */
export async function referenceFiles(): Promise<Readonly<Record<string, string>>> {
  const schemas = Object.entries(shippedSchemas()).map(([name, schema]): [string, string] => [
    `schema/${name}`,
    JSON.stringify(schema, null, 1) + '\n',
  ]);
  return {
    'docs/reference/scenario.md': scenarioPage(),
    'docs/reference/catalogue.md': cataloguePage(),
    'docs/reference/figures.md': figuresPage(),
    'docs/reference/commands.md': await commandsPage(),
    'docs/reference/checks.md': checksPage(),
    'docs/reference/causes.md': causesPage(),
    'docs/reference/errors.md': errorsPage(),
    'man/kea-lease-conformance.1': await manPage(),
    ...Object.fromEntries(schemas),
  };
}
