import type { Advice } from '../../kea/advice/advice.js';
import type { Style } from '../../terminal/style.js';
import { borderless, trimmed } from './borderless.js';
import { wrap } from '../words/wrap.js';

/** A row for each point and each value that servers have, and below it what the point means where it is not as advised. */
export function adviceLines(advice: readonly Advice[], columns: number, style: Style): string[] {
  if (advice.length === 0) return [];
  const paints = { ok: style.green, note: style.yellow };
  const groups = new Map<string, Advice[]>();
  for (const one of advice) {
    const key = JSON.stringify([one.point, one.present]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const inOrder = [...groups.values()].sort(([a], [b]) => placeOf(advice, a) - placeOf(advice, b));
  const table = borderless(['', 'point', 'present', 'advised', 'servers'], style);
  for (const group of inOrder) {
    const [first] = group;
    if (first === undefined) continue;
    const { point, present: value, advised, weight } = first;
    const all = advice.filter((one) => one.point === point).length;
    table.push([paints[weight](weight), point, value, advised, `${group.length} of ${all}`]);
  }
  const [head = '', ...rows] = trimmed(table).split('\n');
  return [
    head,
    ...rows.flatMap((row, i) => {
      const group = inOrder[i] ?? [];
      const [first] = group;
      if (first?.weight !== 'note') return [row];
      const all = advice.filter((one) => one.point === first.point).length;
      const those = group.length === all ? '' : ` At ${group.map(({ server }) => server).join(', ')}.`;
      return [row, ...wrap(`${first.meaning}${those}`, columns, 6).map(style.dim)];
    }),
  ];
}

function placeOf(advice: readonly Advice[], of: Advice | undefined): number {
  return advice.findIndex(({ point }) => point === of?.point);
}
