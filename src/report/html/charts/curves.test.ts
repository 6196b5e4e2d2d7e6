import { describe, expect, it } from 'vitest';
import { curveChart, curveLegend, type Curve } from './curves.js';

const points = [10, 50].map((at) => ({ at, value: at }));
const marked = (name: string, markedAt?: number): Curve => ({ name, points, markedAt });
const axis = { unit: 'rate', values: [10, 50] };

function marks(text: string): string[] {
  return [...text.matchAll(/<path class="([^"]*\blimit\b[^"]*)" d="([^"]*)"/g)].map(([, look = '']) => look);
}

describe('the marks of curves', () => {
  const curves = [marked('a', 50), marked('b', 50), marked('c')];
  const drawing = curveChart({ label: 'x', axis, curves, titleOf: String }).toString();
  const legend = curveLegend(curves, { marked: 'highest' }).toString();

  it('look in the legend as they do in the chart', () => {
    expect(marks(drawing)).toEqual(['series s0 limit', 'series s1 limit']);
    expect(marks(legend)).toEqual(marks(drawing));
    expect(legend).toContain('a: highest');
    expect(marks(curveLegend(curves).toString())).toEqual([]);
  });

  it('stand beside each other where they are at the same place', () => {
    const places = [...drawing.matchAll(/limit" d="M([\d.]+) /g)].map(([, x]) => Number(x));
    expect((places[1] ?? 0) - (places[0] ?? 0)).toBe(3);
  });
});

describe('the text of a threshold', () => {
  const sideWith = (...values: number[]) => {
    const points = [0, 25, 50].map((at, index) => ({ at, value: values[index] ?? null }));
    const drawing = curveChart({
      label: 'x',
      axis: { unit: 'rate', values: [0, 25, 50] },
      curves: [{ name: 'a', points }],
      threshold: { value: 2.5, text: '2.5%' },
      titleOf: String,
    }).toString();
    return /<text class="tick (start|end)" x="[\d.]+" y="[\d.]+"\s*>2\.5%/.exec(drawing)?.[1];
  };

  it.each([
    ['the right where the curve ends elsewhere', [0, 1, 40], 'end'],
    ['the left where the curve ends there', [0, 1, 3], 'start'],
    ['the right where it begins on the left and ends elsewhere', [3, 3, 40], 'end'],
    ['the right where both ends are taken', [3, 1, 3], 'end'],
  ])('stands on %s', (_, values, side) => expect(sideWith(...values)).toBe(side));
});
