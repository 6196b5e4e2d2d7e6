import { describe, expect, it } from 'vitest';
import { lineChart, lineLegend, type Line } from './lines.js';
import { LEFT, RIGHT } from './plot.js';
import { MOMENTS, SINCE_START, type FaultSpan, type Moment, type TimeAxis } from './time-axis.js';

/** The place at a share of the axis, in the chart's units. */
const place = (share: number) => Math.round(10 * (LEFT + share * (RIGHT - LEFT))) / 10;

const LINES: Line[] = [{ name: 'leases', values: [1, 2, 3, 4], look: 'solid' }];

const fault = (
  number: number,
  label: string,
  fromMs: number,
  untilMs: number,
  undoneMs = untilMs,
): FaultSpan => ({
  number,
  label,
  parts: [
    { look: 'in-place', fromMs, untilMs },
    { look: 'changing', fromMs: untilMs, untilMs: undoneMs },
  ],
});

/** The load began at 500 ms of the run's clock, and the axis has 8 s. */
const axis = (...faults: FaultSpan[]): TimeAxis => ({
  unit: 'seconds of the load',
  zeroMs: 500,
  lengthMs: 8_000,
  faults,
  moments: [],
});

const draw = (of: TimeAxis, titleOf = () => 'tip') =>
  String(lineChart({ label: 'leases over time', lines: LINES, axis: of, bucketMs: 2_000, titleOf }));

/** Where each fault's rectangle begins and ends. */
const shades = (svg: string): [string, number, number][] =>
  [...svg.matchAll(/<rect\s+class="fault ([\w-]+)"\s+x="([\d.]+)"\s+y="[\d.]+"\s+width="([\d.]+)"/g)].map(
    ([, look = '', x, width]) => [look, Number(x), Math.round(10 * (Number(x) + Number(width))) / 10],
  );

const labels = (svg: string): string[] =>
  [...svg.matchAll(/<text class="fault-label"[^>]*>([^<]*)</g)].map(([, text = '']) => text);

describe('a chart over time', () => {
  it('has the seconds of its axis, and is as long as its values or longer', () => {
    const ticks = (svg: string) =>
      [...svg.matchAll(/class="tick" x="([\d.]+)"[^>]*>(\d+)</g)].map(([, x, s]) => [s, Number(x)]);
    expect(ticks(draw(SINCE_START))).toEqual([
      ['0', LEFT],
      ['2', place(1 / 4)],
      ['4', place(1 / 2)],
      ['6', place(3 / 4)],
      ['8', RIGHT],
    ]);
    expect(draw(SINCE_START)).toContain('seconds since the start');
    expect(ticks(draw({ ...axis(), lengthMs: 16_000 })).at(-1)).toEqual(['15', place(15 / 16)]);
  });

  it('begins at second 0 of its axis, and tells the times of its buckets by it', () => {
    const told: [number, number][] = [];
    const svg = String(
      lineChart({
        label: '',
        lines: LINES,
        axis: axis(),
        bucketMs: 2_000,
        titleOf: (_bucket, fromMs, untilMs) => String(told.push([fromMs, untilMs])),
      }),
    );
    expect(told).toEqual([
      [0, 1_500],
      [1_500, 3_500],
      [3_500, 5_500],
      [5_500, 7_500],
    ]);
    expect(svg).toMatch(new RegExp(`class="line solid" d="M${LEFT} [\\d.]+H${place(1.5 / 8)}V`));
  });

  it('leaves out what was before second 0', () => {
    const told: number[] = [];
    const svg = lineChart({
      label: '',
      lines: [{ name: 'leases', values: [90, 2, 3, 4], look: 'solid' }],
      axis: { ...axis(), zeroMs: 2_000 },
      bucketMs: 2_000,
      titleOf: (bucket) => String(told.push(bucket)),
    });
    expect(told).toEqual([1, 2, 3]);
    const [, path = ''] = /class="line solid" d="([^"]*)"/.exec(String(svg)) ?? [];
    expect(path).toMatch(new RegExp(`^M${LEFT} [\\d.]+H${place(1 / 4)}V`));
    const [, ...ticks] = [...String(svg).matchAll(/class="tick end"[^>]*>(\d+)</g)].map(([, tick]) =>
      Number(tick),
    );
    expect(ticks.at(-1)).toBe(4);
  });

  it('shades the faults on its axis, each with its label', () => {
    const svg = draw(axis(fault(1, 'node-2 killed', 2_000, 4_000, 5_000)));
    expect(shades(svg)).toEqual([
      ['in-place', place(2 / 8), place(4 / 8)],
      ['changing', place(4 / 8), place(5 / 8)],
    ]);
    expect(labels(svg)).toEqual(['node-2 killed']);
  });

  it('labels a fault by its number where the next one leaves no room', () => {
    const svg = draw(
      axis(fault(1, 'node-2 killed', 1_000, 1_500), fault(2, 'node-3 isolated', 2_000, 3_000)),
    );
    expect(labels(svg)).toEqual(['1', 'node-3 isolated']);
  });

  it('marks moments on its axis, each with its tip, and explains the kinds that there are', () => {
    const moments: Moment[] = [
      { kind: 'stage', atMs: 2_000, label: 'stage 2, 5 a second for 3 s' },
      { kind: 'ended', atMs: 4_500, label: 'dhcp4 server-1 ended' },
    ];
    const found = [
      ...draw({ ...axis(), moments }).matchAll(
        /class="moment (\w+)" transform="translate\(([\d.]+) 0\)"\s*><title>([^<]*)</g,
      ),
    ];
    expect(found.map(([, kind, x, tip]) => [kind, Number(x), tip])).toEqual([
      ['stage', place(2 / 8), '2 s: stage 2, 5 a second for 3 s'],
      ['ended', place(4.5 / 8), '4.5 s: dhcp4 server-1 ended'],
    ]);
    const legend = String(lineLegend(LINES, { ...axis(), moments }));
    expect([MOMENTS.stage, MOMENTS.ended, MOMENTS.state].map((meaning) => legend.includes(meaning))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('has no shades and no legend of them without faults', () => {
    expect(draw(SINCE_START)).not.toContain('fault');
    expect(String(lineLegend(LINES, SINCE_START))).not.toContain('fault');
  });
});

describe('the legend of a chart over time', () => {
  const legend = (...faults: FaultSpan[]) => String(lineLegend(LINES, axis(...faults)));

  it('says what the shading is', () => {
    expect(legend(fault(1, 'node-2 killed', 0, 1))).toMatch(
      /fault in-place[^]*node-2 killed[^]*fault changing[^]*being done or undone/,
    );
  });

  it('numbers several faults, and refers to the timeline for many', () => {
    const several = [1, 2, 3, 4].map((number) => fault(number, `node-${number} killed`, number, number + 1));
    expect(legend(...several.slice(0, 2))).toContain('1 node-1 killed, 2 node-2 killed');
    expect(legend(...several)).toContain('href="#timeline"');
  });
});
