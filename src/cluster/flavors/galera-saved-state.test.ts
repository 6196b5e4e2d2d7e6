import { describe, expect, it } from 'vitest';
import { savedPrimaryComponents } from './galera-saved-state.js';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

describe('the saved primary component', () => {
  const states = savedPrimaryComponents(3);

  it('is the same for every node, except for the node’s own uuid', () => {
    const selves = states.map((state) => new RegExp(`^my_uuid: (${UUID})\n`).exec(state)?.[1]);
    expect(new Set(selves).size).toBe(3);
    const views = states.map((state) => state.split('\n').slice(1).join('\n'));
    expect(new Set(views).size).toBe(1);
    const members = [...(views[0] ?? '').matchAll(new RegExp(`^member: (${UUID}) 0$`, 'gm'))];
    expect(members.map(([, uuid]) => uuid)).toEqual(selves);
  });

  it('has the lines that Galera writes, in Galera’s order', () => {
    const lines = states[0]?.split('\n') ?? [];
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'my_uuid:',
      '#vwbeg',
      'view_id:',
      'bootstrap:',
      'member:',
      'member:',
      'member:',
      '#vwend',
      '',
    ]);
  });

  it('differs from run to run', () => {
    expect(savedPrimaryComponents(1)).not.toEqual(savedPrimaryComponents(1));
  });
});
