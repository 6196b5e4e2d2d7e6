import { z } from 'zod';
import { comparisonsSchema } from '../compare/comparison.js';
import { tolerancesSchema } from '../compare/tolerances.js';
import { resultJsonSchema } from '../results/result.js';
import { suiteSchema as suiteResultSchema } from '../report/suite-result.js';
import { trendSchema } from '../history/trend-schema.js';
import { eventSchema } from '../run/events/schema.js';
import { scenarioSchema } from '../scenario/schema.js';
import { suiteSchema } from '../scenario/suites/schema.js';
import { inputSchema, type JsonSchema } from './json-schema.js';
import { settingsSchema } from './settings-schema.js';

/**
 * The JSON Schemas (2020-12) that the package ships, by file name. Editors use them, and readers of what a run
 * writes.
 */
export function shippedSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    'scenario.schema.json': scenarioJsonSchema(),
    'suite.schema.json': suiteJsonSchema(),
    'events.schema.json': titled('A line of run --events', z.toJSONSchema(eventSchema) as JsonSchema),
    'suite-result.schema.json': titled(
      'suite.json of a suite',
      z.toJSONSchema(suiteResultSchema) as JsonSchema,
    ),
    'trend.schema.json': titled('What trend --json prints', z.toJSONSchema(trendSchema) as JsonSchema),
    'comparison.schema.json': titled(
      'What compare --json prints, and comparison.json',
      z.toJSONSchema(comparisonsSchema) as JsonSchema,
    ),
    'tolerances.schema.json': titled('A file for --tolerances', inputSchema(tolerancesSchema)),
    'result.schema.json': titled('result.json of a run', resultJsonSchema() as JsonSchema),
  };
}

function scenarioJsonSchema(): JsonSchema {
  const schema = removable(titled('Scenario', inputSchema(scenarioSchema)));
  return withProperties(schema, { quick: settingsSchema(schema, '#') });
}

/** The settings of a suite are those of a scenario. The schema refers to the scenario's, which lies beside it. */
function suiteJsonSchema(): JsonSchema {
  const schema = titled('Suite', inputSchema(suiteSchema));
  const quick = 'scenario.schema.json#/properties/quick';
  const settings = settingsSchema(inputSchema(scenarioSchema), '#');
  const { runs = {} } = schema.properties ?? {};
  const lists = (of: 'properties' | 'patternProperties') =>
    Object.fromEntries(
      Object.keys(settings[of] ?? {}).map((path) => {
        const items = { $ref: `${quick}/${of}/${encodeURIComponent(path)}` };
        return [path, { type: 'array', minItems: 1, items }];
      }),
    );
  const reference = { $ref: quick };
  return withProperties(schema, {
    set: reference,
    runs: { items: withProperties(runs.items ?? {}, { set: reference }) },
    matrix: {
      ...settings,
      properties: lists('properties'),
      patternProperties: lists('patternProperties'),
    },
  });
}

/** A scenario that builds on another one removes keys of it with null. */
function removable(schema: JsonSchema): JsonSchema {
  if (schema.properties === undefined) return schema;
  const required = new Set(schema.required);
  const properties = Object.entries(schema.properties).map(([name, property]) => [
    name,
    required.has(name) || name === 'extends' ? property : orNull(removable(property)),
  ]);
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
}

function orNull({ type, enum: names, ...schema }: JsonSchema): JsonSchema {
  if (type === undefined) return { ...schema, ...(names === undefined ? {} : { enum: names }) };
  const types = [...new Set([...(Array.isArray(type) ? type : [type]), 'null'])];
  return { ...schema, type: types, ...(names === undefined ? {} : { enum: [...names, null] }) };
}

function titled(title: string, { $schema, ...schema }: JsonSchema): JsonSchema {
  return { $schema, title, ...schema };
}

/** A schema with more keywords for some of its properties. */
function withProperties(schema: JsonSchema, more: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    { ...property, ...more[name] },
  ]);
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
}
