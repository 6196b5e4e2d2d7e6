import { describe, expect, it } from 'vitest';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { refusedByKea } from './refused.js';

interface Asked {
  family: 4 | 6;
  lines: string[];
}

/** Asks about a scenario a Kea that complains in these words of where a text stands. */
async function refused(
  scenario: { kea?: object; servers?: object[]; cases?: string[] },
  complain: { of?: string; inWords?: (place: string) => string } = {},
) {
  const asked: Asked[] = [];
  const { of: text, inWords = (place: string) => `Error encountered: not this (${place})` } = complain;
  const findings = await refusedByKea(
    scenarioSchema.parse({ name: 'mine', description: 'mine', cases: ['dhcp4'], ...scenario }),
    (version) => ({
      version: new KeaVersion(version ?? '2.2.0'),
      hooks: '/hooks',
      home: '/home-of-test',
      run: (family, configuration) => {
        const lines = configuration.split('\n');
        asked.push({ family, lines });
        if (text === undefined) return Promise.resolve({ code: 0, output: '' });
        const line = lines.findIndex((one) => one.includes(text));
        const place = `/home-of-test/kea.json:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
        return Promise.resolve({ code: 1, output: `loading\n${inWords(place)}\n` });
      },
    }),
  );
  return { asked, findings };
}

describe('what Kea refuses of a stated configuration', () => {
  it('is not asked where nothing is stated', async () => {
    expect((await refused({ kea: { threads: 4 } })).asked).toEqual([]);
  });

  it('is asked for each case and server that has any, by the program of its protocol', async () => {
    const { asked, findings } = await refused({
      kea: { dhcp6Extra: { a: 1 } },
      servers: [{ node: 1 }, { node: 2, kea: { extra: { b: 1 } } }],
      cases: ['dhcp4', 'dhcp6-ia-na'],
    });
    expect(asked.map(({ family }) => family)).toEqual([4, 6, 6]);
    expect(findings).toEqual([]);
  });

  it.each([
    ['2.2 of a value', (place: string) => `Error encountered: not this (${place})`],
    [
      '3.0 of a key',
      (place: string) => `Syntax check failed with: ${place.replace(/:(\d+)$/, '.$1-9')}: not this`,
    ],
    [
      'a log line',
      (place: string) =>
        `2026-11-28 20:50:12.714 ERROR [kea-dhcp4.dhcp4/16779.140479765316096] DHCP4_PARSER_FAIL not this (${place})`,
    ],
  ])('is told in its words, at the place that it names, as in %s', async (_, inWords) => {
    const { findings } = await refused(
      { kea: { extra: { a: { b: [1, { c: 'x' }] } } } },
      { of: '"c"', inWords },
    );
    expect(findings).toMatchObject([
      {
        path: ['kea', 'extra', 'a', 'b', 1, 'c'],
        message: 'kea.extra.a.b.1.c: Kea 2.2.0 refuses the configuration: not this',
      },
    ]);
  });

  it('is found in lists that were merged, where the entry was stated', async () => {
    const kea = { dhcp4Extra: { 'hooks-libraries': [{ library: 'a.so' }, { library: 'b.so' }] } };
    expect((await refused({ kea: { version: '3.0', ...kea } }, { of: 'b.so' })).findings).toMatchObject([
      { path: ['kea', 'dhcp4Extra', 'hooks-libraries', 1, 'library'] },
    ]);
  });

  it('is told of the part that was merged last, and once for all servers that have it', async () => {
    const scenario = {
      kea: { extra: { a: 1 }, dhcp4Extra: { a: 2 } },
      servers: [{ node: 1 }, { node: 2 }, { node: 3, kea: { extra: { a: 3 } } }],
    };
    const { findings } = await refused(scenario, { of: '"a"' });
    expect(findings.map(({ path }) => path.join('.'))).toEqual(['kea.dhcp4Extra.a', 'servers.2.kea.extra.a']);
  });

  it('is told of the whole part where Kea names no place', async () => {
    const { findings } = await refused({ kea: { extra: { a: 1 } } }, { of: '"a"', inWords: () => 'no idea' });
    expect(findings).toMatchObject([
      { path: ['kea', 'extra'], message: 'kea.extra: Kea 2.2.0 refuses the configuration: no idea' },
    ]);
  });
});
