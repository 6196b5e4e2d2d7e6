import { describe, expect, it } from 'vitest';
import { schemaChecks, schemaNotes, serverChecks } from './schema.js';

const schema = (version: string | null, engine = 'InnoDB') => ({
  version,
  engines: { lease4: engine, lease6: 'InnoDB' },
  leftovers: [],
});
const nodes = (...versions: (string | null)[]) =>
  versions.map((version, i) => ({ node: `db${i + 1}`, schema: schema(version) }));
const broken = (...args: Parameters<typeof schemaChecks>) =>
  schemaChecks(...args)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ name, node }) => `${name} ${node ?? ''}`);

describe("Kea's schema", () => {
  it.each([
    ['2.2.0', '14.0'],
    ['2.6.3', '22.2'],
    ['2.6.1', '22.0'],
    ['3.0.4', '30.0'],
    [undefined, '18.0'],
    ['2.5.2', '18.0'],
  ])('Kea %s and schema %s go together', (kea, version) =>
    expect(broken(nodes(version, version), kea)).toEqual([]),
  );

  it.each([
    ['2.6.3', '22.1'],
    ['2.6.1', '14.0'],
    ['3.0.4', '22.2'],
    [undefined, null],
  ])('Kea %s and schema %s do not go together', (kea, version) =>
    expect(broken(nodes(version), kea)).toEqual(['schema db1']),
  );

  it('must be the same everywhere', () =>
    expect(broken(nodes('14.0', '14.0', '12.0'), undefined)).toEqual(['schema db3']));

  it('must be in tables that are replicated', () =>
    expect(broken([{ node: 'db1', schema: schema('14.0', 'MyISAM') }], '2.2.0')).toEqual(['engine db1']));

  it('of an unknown Kea gets a note', () => {
    expect(schemaNotes('2.5.2')).toHaveLength(1);
    expect([...schemaNotes('2.6.1'), ...schemaNotes(undefined)]).toEqual([]);
  });
});

describe('the schema of Kea 3.2, which has recursive queries', () => {
  it.each([
    ['3.2.0', '5.7.22-22-57-log', 'fail'],
    ['3.2', '8.0.36-28.1', 'pass'],
    ['3.4.0', '10.11.14-MariaDB-0+deb12u2', 'pass'],
    ['3.2.0', '10.2.1-MariaDB', 'fail'],
  ])('of Kea %s on %s: %s', (keaVersion, version, verdict) =>
    expect(serverChecks([{ name: 'db1', version }], keaVersion)).toMatchObject([
      { name: 'schema-server', verdict },
    ]),
  );

  it.each(['2.2.0', '3.0.4', undefined])('is not needed by Kea %s', (keaVersion) =>
    expect(serverChecks([{ name: 'db1', version: '5.7.22-22-57-log' }], keaVersion)).toEqual([]),
  );
});
