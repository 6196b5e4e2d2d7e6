import { expect, it } from 'vitest';
import type { Death } from '../../evidence/evidence.js';
import { eventSchema } from './schema.js';
import { toldDeath } from './told-death.js';

const DEATH: Death = {
  kind: 'server',
  name: 'dhcp4 server-2',
  atUs: 0,
  how: 'exit code 1',
  lastLines: ['x'],
};
const FAULTS = [
  { fault: 'freeze' as const, on: 'node-1', at: 1, undo: 2 },
  { fault: 'kill' as const, on: 'node-2', at: 3, undo: 4 },
];

it('the death of a server names the fault behind it', () => {
  const event = toldDeath({ ...DEATH, fault: 1 }, FAULTS);
  expect(event).toMatchObject({ type: 'death', fault: { fault: 'kill', on: 'node-2' } });
  const whole = { ...event, time: '2026-11-27T00:00:00.000Z', run: 'a', scenario: 'a' };
  expect(eventSchema.parse(whole)).toEqual(whole);
});

it('a death of its own names none', () => {
  expect(toldDeath({ ...DEATH, after: 'node-2' }, FAULTS)).toEqual({
    type: 'death',
    kind: 'server',
    name: 'dhcp4 server-2',
    how: 'exit code 1',
    after: 'node-2',
    lastLines: ['x'],
  });
});
