import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputSchema } from './json-schema.js';
import { valueText } from './value-text.js';

it.each<[z.ZodType, string]>([
  [z.int().min(1).max(9), 'whole number, 1 to 9'],
  [z.int().min(1), 'whole number, at least 1'],
  [z.number().positive().max(100), 'number above 0, up to 100'],
  [z.boolean().default(true), 'true or false'],
  [z.enum(['a', 'b', 'c']), '`a`, `b` or `c`'],
  [z.literal(1), '`1`'],
  [z.string().regex(/^(a|b)$/), 'text, pattern `^(a\\|b)$`'],
  [z.iso.datetime().nullable(), 'time (ISO 8601, UTC), or null'],
  [z.array(z.string()).min(1), 'list, at least 1: text'],
  [
    z
      .array(z.strictObject({ a: z.int() }))
      .min(1)
      .max(9),
    'list, 1 to 9: mapping',
  ],
  [z.tuple([z.number().min(0), z.number().min(0)]), '[number, at least 0; number, at least 0]'],
  [z.record(z.string(), z.int().min(0)), 'mapping to: whole number, at least 0'],
  [z.union([z.number(), z.string(), z.number()]), 'number or text'],
  [z.unknown(), 'anything'],
])('describes a schema: %#', (schema, text) => expect(valueText(inputSchema(schema))).toBe(text));
