import { describe, expect, it } from 'vitest';
import {
  faultedEvidence,
  faultedResult,
  FROZEN,
  KILLED,
  LOAD_BEGAN_S,
  NOT_DUE,
} from '../../faults.test-support.js';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';
import type { Result } from '../../../results/result.js';
import { reportPage } from '../page.js';
import { sectionMarkup } from '../sections/section.js';
import { timeline } from './timeline.js';

const S = 1_000_000;

const drawn = (result = faultedResult()): string => {
  const section = timeline(result);
  return section === undefined ? '' : String(sectionMarkup(section));
};

/** The lanes with a name, in order. */
const lanes = (html: string): { name: string; text: string; svg: string }[] =>
  [...html.matchAll(/<strong>([^<]*)<\/strong>\s*<span>([^<]*)<\/span><\/p>([^]*?)<\/svg>\s*<\/div>/g)].map(
    ([, name = '', text = '', svg = '']) => ({ name, text, svg }),
  );

const laneOf = (name: string, html = drawn()): { text: string; svg: string; titles: string[] } => {
  const lane = lanes(html).find((one) => one.name === name);
  if (lane === undefined) throw new Error(`no lane of ${name}`);
  return {
    ...lane,
    titles: [...lane.svg.matchAll(/<title\s*>([^<]*)<\/title/g)].map(([, title = '']) => title),
  };
};

/** Where and how wide the rectangles of a class are, in percent of the axis of 20 s. */
const places = (svg: string, look: string): number[][] =>
  [...svg.matchAll(/<rect\s+class="([^"]*)"\s+x="([\d.]+)%"\s+width="([\d.]+)%"/g)]
    .filter(([, one]) => one === look)
    .map(([, , x, width]) => [Number(x), Number(width)]);

describe('the timeline of a run with faults', () => {
  it('has a lane for each node and each server, with the same servers of all cases together', () => {
    expect(lanes(drawn()).map(({ name }) => name)).toEqual([
      'node-1',
      'node-2',
      'node-3',
      'dhcp4 server-1',
      'dhcp4 server-2',
      'dhcp4 server-3',
    ]);
    const result = faultedResult();
    const { faults } = result;
    const served = (faults?.served ?? []).flatMap((one) => [
      one,
      { ...one, server: one.server.replace('4', '6') },
    ]);
    const two = { ...result, ...(faults && { faults: { ...faults, served } }) };
    expect(
      lanes(drawn(two))
        .map(({ name }) => name)
        .slice(3, 5),
    ).toEqual(['dhcp4 server-1', 'dhcp6 server-1']);
  });

  it('is as long as the load, and counts from its beginning', () => {
    const html = drawn();
    expect(html).toContain('seconds of the load');
    const ticks = [...html.matchAll(/class="tick[^"]*"\s+x="([\d.]+)%"\s+y="12"\s*>(\d+)</g)];
    expect(ticks.slice(0, 5).map(([, x, tick]) => [Number(tick), Number(x)])).toEqual([
      [0, 0],
      [5, 25],
      [10, 50],
      [15, 75],
      [20, 100],
    ]);
  });

  it('shows what was done to a node in its lane, and shades the time in all others', () => {
    const html = drawn();
    const { svg, titles } = laneOf('node-2', html);
    expect(titles[0]).toBe('node-2 was killed at 5.0 s, and started again from 12.0 s to 15.0 s');
    expect(places(svg, 'in-place')).toEqual([[25.5, 34.5]]);
    expect(svg).toMatch(/>killed<\/text/);
    expect(svg).toMatch(/>started again<\/text/);
    for (const { svg: each } of lanes(html)) expect(places(each, 'fault in-place')).toEqual([[25.5, 34.5]]);
    expect(places(laneOf('node-1', html).svg, 'in-place')).toEqual([]);
  });

  it('shows every state of a node, with the size of its cluster', () => {
    const { svg, titles, text } = laneOf('node-2');
    expect(titles.slice(1)).toEqual([
      'node-2 from 0.0 s to 5.2 s: Primary Synced, cluster size 3',
      'node-2 from 5.2 s to 13.0 s: silent',
      'node-2 from 13.0 s to 15.0 s: Primary Joined, cluster size 3',
      'node-2 from 15.0 s on: Primary Synced, cluster size 3',
    ]);
    expect(places(svg, 'well')).toEqual([
      [0, 26],
      [75, 25],
    ]);
    expect(places(svg, 'silent')).toEqual([[26, 39]]);
    expect(places(svg, 'not-synced')).toEqual([[65, 10]]);
    expect(text).toBe('killed 5.0 s, started again 15.0 s');
    expect(places(laneOf('node-3').svg, 'outside')).toEqual([[50, 5]]);
    expect(laneOf('node-1').text).toBe('cluster size 3, at times 2');
  });

  it('shows for each second which share of the clients a server served', () => {
    const { svg, titles } = laneOf('dhcp4 server-2');
    expect(titles).toContain('4–5 s: 2 of 2 attempts got a lease');
    expect(titles).toContain('5–6 s: 0 of 2 attempts got a lease');
    expect(places(svg, 'unserved')).toEqual(Array.from({ length: 11 }, (_, second) => [25 + 5 * second, 5]));
    expect(places(svg, 'served')).toHaveLength(9);
  });

  it('shows how long the clients of a server went without a lease, and when they got the next', () => {
    const { text, titles, svg } = laneOf('dhcp4 server-2');
    expect(text).toBe('11.0 s without a lease');
    expect(svg).toMatch(/>\+4\.0 s<\/text/);
    expect(titles).toContain('11.0 s without a lease, from 5.0 s to 16.0 s');
    expect(titles.join()).toContain('the first lease 4.0 s after the undoing began, at 16.0 s');
    expect(laneOf('dhcp4 server-3', drawn(faultedResult([FROZEN]))).text).toMatch(/^2\.0 s without a lease/);
    expect(laneOf('dhcp4 server-1', drawn(faultedResult([FROZEN]))).text).toBe('gave leases all the time');
  });

  it('shows the first lease after two undoings once, and leaves out a text without room before the next line', () => {
    const later = { ...KILLED, on: 'node-1', targets: ['node-1'], undoBeganAtUs: (13 + LOAD_BEGAN_S) * S };
    const result = faultedResult([KILLED, later]);
    const { svg, titles } = laneOf('dhcp4 server-2', drawn(result));
    expect(titles.filter((title) => title.includes('without a lease'))).toHaveLength(1);
    const first = 'the first lease 4.0 s and 3.0 s after undoings began, at 16.0 s';
    expect(titles.filter((title) => title.includes('first lease'))).toEqual([first]);
    const texts = (lane: string) => [...lane.matchAll(/>(\+[^<]*)<\/text/g)].map(([, text]) => text);
    expect(texts(svg)).toEqual(['+4.0 s, +3.0 s']);
    const third = faultedResult([KILLED, later, FROZEN]);
    for (const one of third.faults?.faults[2]?.servers ?? [])
      Object.assign(one, { longestGapFromMs: 18_200, longestGapMs: 1_000, firstLeaseAfterMs: null });
    expect(texts(laneOf('dhcp4 server-2', drawn(third)).svg)).toEqual(['+4.0 s …']);
    const crowded = structuredClone(result);
    for (const one of crowded.faults?.faults[1]?.servers ?? [])
      Object.assign(one, { longestGapFromMs: 16_500, longestGapMs: 2_000, firstLeaseAfterMs: 5_500 });
    const { svg: after, titles: told } = laneOf('dhcp4 server-2', drawn(crowded));
    expect(told).toContain('the first lease 4.0 s after the undoing began, at 16.0 s');
    expect(texts(after)).toEqual(['+5.5 s']);
  });

  it('says when a fault that ends by itself was over', () => {
    const rolling = { ...KILLED, fault: 'rolling-restart', doneAtUs: (9 + LOAD_BEGAN_S) * S };
    expect(
      laneOf('node-2', drawn(faultedResult([{ ...rolling, undoBeganAtUs: null, undoneAtUs: null }]))).text,
    ).toBe('restarted one after the other from 5.0 s to 9.0 s');
  });

  it('shows when a server had no database', () => {
    const lost = {
      server: 'dhcp4 server-2',
      lostAtUs: (6 + LOAD_BEGAN_S) * S,
      backAtUs: null,
      failedAttempts: 3,
    };
    const faults = faultedEvidence([KILLED], { lostDatabases: [lost] });
    const { titles } = laneOf('dhcp4 server-2', drawn(faultedResult([KILLED], { faults })));
    expect(titles).toContain(
      'dhcp4 server-2 lost its database at 6.0 s, and never had it again, after 3 attempts that failed',
    );
    expect(laneOf('dhcp4 server-1', drawn(faultedResult([KILLED], { faults }))).titles.join()).not.toContain(
      'lost its database',
    );
  });

  it('shows that a server ended', () => {
    const deaths = [
      {
        kind: 'server' as const,
        name: 'dhcp4 server-2',
        atUs: (8 + LOAD_BEGAN_S) * S,
        how: 'exit code 1',
        fault: 0,
        lastLines: [],
      },
    ];
    const { text, titles } = laneOf('dhcp4 server-2', drawn(faultedResult([KILLED], { deaths })));
    expect(text).toMatch(/^ended at 8.0 s; /);
    expect(titles).toContain('dhcp4 server-2 ended at 8.0 s (exit code 1)');
  });

  it('shows each of several faults in the lane of its target, and none that was never begun', () => {
    const html = drawn(faultedResult([NOT_DUE, KILLED, FROZEN]));
    expect(places(laneOf('dhcp4 server-3', html).svg, 'in-place')).toEqual([[80, 10]]);
    expect(laneOf('dhcp4 server-3', html).svg).toMatch(/>3 frozen<\/text/);
    expect(laneOf('dhcp4 server-3', html).text).toMatch(/^2\.0 s without a lease/);
    expect(laneOf('dhcp4 server-1', html).titles.join()).not.toContain('stopped');
    for (const { svg } of lanes(html)) expect(places(svg, 'fault in-place')).toHaveLength(2);
  });

  it('shows a fault that could not be undone until the end', () => {
    const never = { ...KILLED, undoneAtUs: null, failed: 'no room' };
    expect(places(laneOf('node-2', drawn(faultedResult([never]))).svg, 'changing')).toContainEqual([60, 40]);
  });

  it('adds no element for the names of nodes, servers and faults', () => {
    const hostile = `"><img src=x onerror='alert(1)'>`;
    const spoilt = JSON.stringify(faultedResult()).replace(/(node-2|server-3|"kill)(?=")/g, (name) => {
      return name + JSON.stringify(hostile).slice(1, -1);
    });
    const html = drawn(JSON.parse(spoilt) as Result);
    expect(html).toContain('node-2&quot;&gt;&lt;img');
    expect(html).toContain('server-3&quot;&gt;&lt;img');
    expect(html).toContain('kill&quot;&gt;&lt;img');
    expect(html).not.toContain('<img');
  });

  it('stands before the cards of the cases, right after the verdict', () => {
    const html = reportPage({ result: faultedResult(), witnesses: [], witnessesOmitted: 0 });
    const [, between = ''] = /<\/header>([^]*?)<div class="cards">/.exec(html) ?? [];
    expect(between).toContain('<section id="timeline"');
  });

  it('is absent without faults, and where an earlier version did not store when the load began', () => {
    expect(timeline(resultOf([dhcp4AsPublished()]))).toBeUndefined();
    const result = faultedResult();
    const faults = result.faults && { ...result.faults, loadBeganAtMs: undefined };
    expect(timeline({ ...result, faults })).toBeUndefined();
  });
});
