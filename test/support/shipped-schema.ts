import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const NAMES = [
  'scenario',
  'suite',
  'result',
  'suite-result',
  'events',
  'trend',
  'comparison',
  'tolerances',
] as const;

const validators = new Map(
  NAMES.map((name) => {
    const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
    // The schema has a pattern beside each format, and the pattern checks the same.
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { 'date-time': true } });
    return [name, ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)] as const;
  }),
);

/** The objections of an independent validator to data, by the JSON Schema that the package ships. */
export function shippedSchemaProblems(name: (typeof NAMES)[number], data: unknown): string[] {
  const validate = validators.get(name);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  validate(data);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
