import type { Advice } from '../../kea/advice/advice.js';
import type { Style } from '../../terminal/style.js';
import { adviceGroups } from '../words/cluster-check.js';
import { borderless, trimmed } from './borderless.js';
import { wrap } from '../words/wrap.js';

/** A row for each point and each value that servers have, and below it what the point means where it is not as advised. */
export function adviceLines(advice: readonly Advice[], columns: number, style: Style): string[] {
  if (advice.length === 0) return [];
  const paints = { ok: style.green, note: style.yellow };
  const groups = adviceGroups(advice);
  const table = borderless(['', 'point', 'present', 'advised', 'servers'], style);
  for (const { point, present, advised, weight, servers } of groups)
    table.push([paints[weight](weight), point, present, advised, servers]);
  const [head = '', ...rows] = trimmed(table).split('\n');
  return [
    head,
    ...rows.flatMap((row, i) => {
      const note = groups[i]?.note ?? '';
      return note === '' ? [row] : [row, ...wrap(note, columns, 6).map(style.dim)];
    }),
  ];
}
