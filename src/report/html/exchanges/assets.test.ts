import { describe, expect, it } from 'vitest';
import { timelineHash } from './link.js';

interface View {
  from: number;
  until: number;
}
interface Request {
  id: string;
  client: number;
  attempt: number;
  lane: number;
  from: number;
  until: number;
}

/** The modules of the browser have no types of their own. */
async function assets() {
  const module = (name: string): Promise<unknown> =>
    import(new URL(`./assets/${name}.js`, import.meta.url).href);
  return {
    ...((await module('view')) as {
      fitted: (view: View, limits: View) => View;
      zoomed: (view: View, factor: number, share: number, limits: View) => View;
      moved: (view: View, share: number, limits: View) => View;
      hashOf: (view: View, zero: number, clients: string) => string;
      viewOfHash: (hash: string, zero: number) => { view?: View; clients: string };
      viewOfText: (text: string, zero: number) => View | undefined;
      ticksOf: (view: View, zero: number, most: number) => { at: number; text: string }[];
    }),
    ...((await module('stack')) as {
      stacked: (requests: Request[], laneOf: (one: Request) => number) => Map<string, number>;
    }),
    ...((await module('parts')) as {
      partsIn: (
        refs: (View & { requests: number })[],
        view: View,
        most: number,
      ) => { numbers: number[]; omitted: number };
    }),
  };
}

const SECOND = 1_000_000;
const LIMITS = { from: 0, until: 100 * SECOND };

describe('the visible time', () => {
  it('keeps what is below the pointer, and ends at the limits', async () => {
    const { zoomed, moved, fitted } = await assets();
    const view = { from: 40 * SECOND, until: 60 * SECOND };
    expect(zoomed(view, 0.5, 0.25, LIMITS)).toEqual({ from: 42.5 * SECOND, until: 52.5 * SECOND });
    expect(zoomed(view, 100, 0.5, LIMITS)).toEqual(LIMITS);
    expect(moved(view, 10, LIMITS)).toEqual({ from: 80 * SECOND, until: 100 * SECOND });
    expect(fitted({ from: 5 * SECOND, until: 5 * SECOND }, LIMITS).until).toBeGreaterThan(5 * SECOND);
  });

  it('is in the address, also in one that report.html links to', async () => {
    const { hashOf, viewOfHash } = await assets();
    const view = { from: 12.5 * SECOND, until: 13.5 * SECOND };
    expect(hashOf(view, 2 * SECOND, '7')).toBe('#t=10.500,11.500&client=7');
    expect(viewOfHash('#t=10.500,11.500&client=7', 2 * SECOND)).toEqual({ view, clients: '7' });
    const link = timelineHash({
      zeroUs: 2 * SECOND,
      fromUs: 12.6 * SECOND,
      untilUs: 13 * SECOND,
      clients: { case: 'dhcp4', numbers: [9, 5, 9] },
    });
    const { view: linked, clients } = viewOfHash(link, 2 * SECOND);
    expect(clients).toBe('dhcp4: 5, 9');
    expect(linked).toEqual({ from: 12.52 * SECOND, until: 13.08 * SECOND });
    for (const strange of ['', '#exchanges', '#t=1', '#t=,', '#t=5,1', '#t=a,b', '#t=1,Infinity'])
      expect(viewOfHash(strange, 0).view).toBeUndefined();
  });

  it('can be typed', async () => {
    const { viewOfText } = await assets();
    expect(viewOfText('12.50–13.50 s', 0)).toEqual({ from: 12.5 * SECOND, until: 13.5 * SECOND });
    expect(viewOfText('1 - 2', 0)).toEqual({ from: SECOND, until: 2 * SECOND });
    expect(viewOfText('7', 0)).toEqual({ from: 6.5 * SECOND, until: 7.5 * SECOND });
    for (const strange of ['', 'x', '3-2', '1.2.3']) expect(viewOfText(strange, 0)).toBeUndefined();
  });

  it('has few round ticks', async () => {
    const { ticksOf } = await assets();
    const texts = (view: View, zero = 0) => ticksOf(view, zero, 6).map(({ text }) => text);
    expect(texts({ from: 0, until: 10 * SECOND })).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(texts({ from: 1_500, until: 3_500 })).toEqual(['0.0015', '0.0020', '0.0025', '0.0030', '0.0035']);
    expect(texts({ from: 7 * SECOND, until: 10 * SECOND }, 8 * SECOND)).toEqual([
      '-1.0',
      '-0.5',
      '0.0',
      '0.5',
      '1.0',
      '1.5',
      '2.0',
    ]);
  });
});

describe('tracks', () => {
  it('hold an exchange each, and no two requests at once', async () => {
    const { stacked } = await assets();
    const request = (id: string, client: number, from: number, until: number, lane = 0) => ({
      ...{ id, client, attempt: 1, lane, from, until },
    });
    const placed = stacked(
      [
        request('discover 1', 1, 0, 10),
        request('discover 2', 2, 1, 5),
        request('request 2', 2, 5, 30),
        request('request 1', 1, 12, 20),
        request('elsewhere', 3, 13, 20, 1),
        request('discover 4', 4, 13, 20),
      ],
      ({ lane }) => lane,
    );
    expect([...placed.values()]).toEqual([0, 1, 1, 0, 0, 2]);
  });
});

describe('the parts that a view needs', () => {
  it('are those that it touches, and earlier ones with requests that are still open', async () => {
    const { partsIn } = await assets();
    const refs = [
      { from: 0, until: 25, requests: 10 },
      { from: 10, until: 11, requests: 10 },
      { from: 20, until: 21, requests: 10 },
      { from: 30, until: 31, requests: 10 },
    ];
    expect(partsIn(refs, { from: 22, until: 24 }, 100)).toEqual({ numbers: [0, 2], omitted: 0 });
    expect(partsIn(refs, { from: 22, until: 35 }, 25)).toEqual({ numbers: [2, 3], omitted: 1 });
  });
});
