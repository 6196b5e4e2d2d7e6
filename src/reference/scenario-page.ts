import { suiteSchema } from '../scenario/suites/schema.js';
import { scenarioSchema } from '../scenario/schema.js';
import { inputSchema } from './json-schema.js';
import { escaped, GENERATED, markdownTable } from './markdown-table.js';
import { placesIn, type Place } from './places.js';
import { code, valueText } from './value-text.js';

/** `docs/reference/scenario.md`: every key of a scenario, and of a suite. */
export function scenarioPage(): string {
  const places = placesIn(inputSchema(scenarioSchema));
  return `${GENERATED}
# Every key of a scenario

How a scenario is written: [writing-a-scenario.md](../writing-a-scenario.md). Every path here is one of \`--set path=value\`
too, and of \`quick:\`; \`N\` is an index from 0, \`NAME\` a name of your own, \`CASE\` one of the cases. A key without a
default and not marked required may be left out; \`--set path=null\` takes it away again. Editors complete and check these
keys by [schema/scenario.schema.json](../../schema/scenario.schema.json).

${sections(places)}
# Every key of a suite

\`set\`, \`runs.N.set\` and \`matrix\` take the paths above. Schema for editors:
[schema/suite.schema.json](../../schema/suite.schema.json).

${table(placesIn(inputSchema(suiteSchema)))}`;
}

/** One table for the keys without keys below them, then a section for each block. */
function sections(places: readonly Place[]): string {
  const tops = places.filter(({ path }) => path.length === 1);
  const blocks = tops.filter(({ inner }) => inner);
  const single = table(tops.filter(({ inner }) => !inner));
  return [
    `## Top level\n\n${single}`,
    ...blocks.map((block) => {
      const name = block.path.join('.');
      const below = places.filter(({ path }) => path[0] === name && path.length > 1);
      return `## ${code(name)}\n\n${capital(block.schema.description)}${isList(block) ? ` (${valueText(block.schema)})` : ''}.\n\n${table(below)}`;
    }),
  ].join('\n');
}

const isList = ({ schema }: Place) => schema.type === 'array';

function table(places: readonly Place[]): string {
  return markdownTable(
    ['key', 'value', 'default', 'meaning'],
    places.map(({ path, schema, required }) => [
      code(path.join('.')),
      valueText(schema),
      required ? '*required*' : defaultText(schema.default),
      escaped(schema.description ?? ''),
    ]),
  );
}

/** The default of a key. Empty for a block, as its keys have their own defaults. */
function defaultText(value: unknown): string {
  if (value === undefined || JSON.stringify(value) === '{}') return '';
  return code(typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', '));
}

function capital(text = ''): string {
  return escaped(text.charAt(0).toUpperCase() + text.slice(1));
}
