import { expect, it } from 'vitest';
import type { Death } from '../../evidence/evidence.js';
import { deathText } from './death-text.js';

const NODE: Death = { kind: 'node', name: 'node-2', atUs: 3_140_000, how: 'signal SIGKILL', lastLines: [] };
const SERVER: Death = { ...NODE, kind: 'server', name: 'dhcp4 server-2', how: 'exit code 1', exitCode: 1 };

it.each<[Death, string]>([
  [{ ...NODE, signal: 'SIGKILL' }, 'node node-2 was killed (SIGKILL) after 3.1 s'],
  [{ ...SERVER, after: 'node-2' }, 'server dhcp4 server-2 ended after it (exit code 1)'],
  [SERVER, 'server dhcp4 server-2 ended (exit code 1) after 3.1 s'],
  // Evidence of earlier versions has no `signal`.
  [NODE, 'node node-2 ended (signal SIGKILL) after 3.1 s'],
])('says who died of what: %j', (death, words) => {
  expect(deathText(death)).toBe(words);
});
