import { expect, it } from 'vitest';
import { fateOf, labelsOf, OWNER_LABEL, ownOwner, RUN_LABEL, type Owner } from './owner.js';

const owned = (changes: Partial<Owner>): Record<string, string> => ({
  [OWNER_LABEL]: JSON.stringify({ ...ownOwner(), ...changes }),
});

it('labels what this process makes with the run and with this process, which lives', () => {
  const labels = labelsOf('klc-1');
  expect(labels[RUN_LABEL]).toBe('klc-1');
  expect(fateOf(labels)).toBe('lives');
});

// The kernel gives numbers again: this process's number with another start time means another process.
it.each<[string, Partial<Owner>, string]>([
  ['a process that is no more', { startTime: '1' }, 'dead'],
  ['another user’s', { uid: 123_456, startTime: '1' }, 'unknown'],
  ['one of another namespace, whose number means nothing here', { pidNamespace: 'pid:[1]' }, 'unknown'],
  ['one from before this machine was started', { boot: 'another' }, 'before-boot'],
])('%s', (_what, changes, fate) => {
  expect(fateOf(owned(changes))).toBe(fate);
});

it.each([
  ['no owner', {}],
  ['no JSON', { [OWNER_LABEL]: '{' }],
  ['null', { [OWNER_LABEL]: 'null' }],
  ['half an owner', { [OWNER_LABEL]: '{"pid":1}' }],
])('labels with %s name an unknown owner', (_what, labels) => {
  expect(fateOf(labels)).toBe('unknown');
});
