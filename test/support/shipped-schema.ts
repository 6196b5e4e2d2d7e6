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

// The schemas have a pattern beside each format, and the pattern checks the same.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { 'date-time': true } });
for (const name of NAMES) {
  const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
  // They refer to each other by file name.
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, `${name}.schema.json`);
}

/** The objections of an independent validator to data, by the JSON Schema that the package ships. */
export function shippedSchemaProblems(name: (typeof NAMES)[number], data: unknown): string[] {
  const validate = ajv.getSchema(`${name}.schema.json`);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  void validate(data);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
