import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedSchemaProblems } from '../../test/support/shipped-schema.js';
import { changed, compare, PASSING } from '../compare/compare.test-support.js';
import { DEFAULT_TOLERANCES } from '../compare/tolerances.js';

const PAGE = readFileSync(new URL('../../docs/comparing.md', import.meta.url), 'utf8');
const [, YAML = ''] = /\n```yaml\n(.*?)\n```/s.exec(PAGE) ?? [];

describe('docs/comparing.md', () => {
  it('shows default tolerances, and they fulfil the shipped schema', () => {
    expect(DEFAULT_TOLERANCES).toMatchObject(parse(YAML) as object);
    expect(shippedSchemaProblems('tolerances', parse(YAML))).toEqual([]);
    expect(shippedSchemaProblems('tolerances', { answerdPercent: 1 })).not.toEqual([]);
  });

  it('shows a comparison as JSON that fulfils the shipped schema', () => {
    const slower = changed((result) => (result.exitCode = 130));
    const comparisons = [compare([PASSING, PASSING], PASSING), compare(slower, PASSING)];
    expect(
      shippedSchemaProblems('comparison', { schemaVersion: 1, exitCode: 0, comparisons, notes: [] }),
    ).toEqual([]);
  });
});
