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
