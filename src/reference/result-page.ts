import { resultJsonSchema } from '../results/result.js';
import { TOLERANCE_ENTRIES } from '../compare/tolerances.js';
import { type Figure, FIGURES, hasScopes } from '../results/registry/figures.js';
import { RUN_FIGURES } from '../scenario/suites/show.js';
import type { JsonSchema } from './json-schema.js';
import { escaped, GENERATED, markdownTable } from './markdown-table.js';
import { placesIn, type Place } from './places.js';
import { code, valueText } from './value-text.js';

const UNITS: Readonly<Record<Figure['unit'], string>> = {
  count: 'count',
  percent: '%',
  ms: 'time',
  ratio: 'ratio',
};

/** `docs/reference/figures.md`: the figures that checks and suites can name, and every field of `result.json`. */
export function figuresPage(): string {
  return `${GENERATED}
# Every figure

What the words mean and how the published figures are to be read: [figures.md](../figures.md).

## Figures that checks and suites name

A check is \`[CASE.][PHASE.][allAttempts.]FIGURE OPERATOR VALUE\`, see
[writing-a-scenario.md](../writing-a-scenario.md#checks-of-your-own). A count may be compared with a percentage where the
table says of what. "By attempts": over first attempts, or with \`allAttempts.\` before it over all of them.

${figuresTable()}
A suite's \`show\` takes these, and of the run as a whole:

${markdownTable(
  ['figure', 'meaning'],
  Object.entries(RUN_FIGURES).map(([name, meaning]) => [code(name), escaped(meaning)]),
)}
## Tolerances of a comparison

The keys of a file for \`--tolerances\`, see [comparing.md](../comparing.md). Counts of violations have no tolerance.

${tolerancesTable()}
## Fields of \`result.json\`

JSON Schema: [schema/result.schema.json](../../schema/result.schema.json). \`N\` is an index, \`NAME\` a name that the run
brings. Percentages and ratios have two decimals, times three. Fields may be added; one that changes its meaning raises
\`schemaVersion\`. A count is null only if a capture or log does not tell it (\`source.untold\`).

${fieldsTable()}`;
}

function figuresTable(): string {
  return markdownTable(
    ['figure', 'of', 'unit', 'in percent of', 'by attempts', 'meaning'],
    FIGURES.map((figure) => [
      [figure.name, ...(figure.alias === undefined ? [] : [figure.alias])].map(code).join(', '),
      figure.of,
      UNITS[figure.unit],
      figure.percentOf ?? '',
      hasScopes(figure) ? 'yes' : '',
      escaped(figure.description),
    ]),
  );
}

function tolerancesTable(): string {
  return markdownTable(
    ['key', 'default', 'meaning'],
    TOLERANCE_ENTRIES.map((entry) => [
      code(entry.key),
      'points' in entry
        ? `${entry.points} ${entry.points === 1 ? 'point' : 'points'}`
        : `${entry.percent}% or ${entry.ms} ms`,
      escaped(entry.meaning),
    ]),
  );
}

function fieldsTable(): string {
  const { shown, sameAs } = toldOnce(placesIn(resultJsonSchema() as JsonSchema));
  return markdownTable(
    ['field', 'value', 'meaning'],
    shown.map((place) => {
      const original = sameAs.get(place);
      const meaning = escaped(place.schema.description ?? '');
      const fields = original === undefined ? '' : `fields as of ${code(original.path.join('.'))}`;
      return [
        code(place.path.join('.')),
        valueText(place.schema),
        [meaning, fields].filter((text) => text !== '').join('; '),
      ];
    }),
  );
}

/**
 * Lists the fields of equal structures once: under the first place that has them. `sameAs` leads from each later
 * place to the first one.
 */
function toldOnce(places: readonly Place[]): { shown: Place[]; sameAs: Map<Place, Place> } {
  const before = new Map<string, Place>();
  const sameAs = new Map<Place, Place>();
  const shown = places.filter((place) => {
    if ([...sameAs.keys()].some(({ path }) => isBelow(place, path))) return false;
    if (!place.inner) return true;
    const fields = JSON.stringify(fieldsOf(place.schema));
    const original = before.get(fields);
    if (original === undefined) before.set(fields, place);
    else sameAs.set(place, original);
    return true;
  });
  return { shown, sameAs };
}

function isBelow({ path }: Place, above: readonly string[]): boolean {
  return path.length > above.length && above.every((segment, index) => path[index] === segment);
}

/** The fields of a place, for comparing two places. Whether the place is nullable does not matter. */
function fieldsOf({ properties, items, anyOf = [] }: JsonSchema): unknown {
  return properties ?? items ?? anyOf.map(fieldsOf).find((fields) => fields !== undefined);
}
