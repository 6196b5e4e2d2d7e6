import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comparisonsSchema } from '../compare/comparison.js';
import { tolerancesSchema } from '../compare/tolerances.js';
import { resultJsonSchema } from '../results/result.js';
import { settablePaths } from '../scenario/language/paths.js';
import { scenarioSchema } from '../scenario/schema.js';
import { suiteSchema } from '../scenario/suites/schema.js';
import { referenceFiles } from './files.js';
import { inputSchema, type JsonSchema } from './json-schema.js';
import { placesIn, type Place } from './places.js';

const nameOf = ({ path }: Place) => path.join('.');

const FILES = await referenceFiles();

describe('generated files', () => {
  it.each(Object.entries(FILES))('%s is what `npm run docs` writes', (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each([
    ['scenario', inputSchema(scenarioSchema)],
    ['suite', inputSchema(suiteSchema)],
    ['result', resultJsonSchema() as JsonSchema],
    ['file of tolerances', inputSchema(tolerancesSchema)],
    ['comparison', z.toJSONSchema(comparisonsSchema) as JsonSchema],
  ])('describes every key of a %s', (_, schema) => {
    const silent = placesIn(schema).filter(({ schema: { description }, inner }) => !inner && !description);
    expect(silent.map(nameOf)).toEqual([]);
  });

  it('scenario.md has every path of --set', () => {
    const page = FILES['docs/reference/scenario.md'] ?? '';
    const missing = settablePaths()
      // The text of a list or mapping describes its entries too.
      .filter((path) => !/\.(N|NAME)$/.test(path))
      .map((path) => path.replace(/^((external|published)\..*)\.dhcp[46][a-z-]*/, '$1.CASE'))
      .filter((path) => !page.includes(`| \`${path}\` |`) && !page.includes(`## \`${path}\``));
    expect(missing).toEqual([]);
  });
});
