import { describe, expect, it } from 'vitest';
import { changedText } from './changed-servers.js';

function textOf(effective: Record<string, unknown>): string {
  return changedText({ scenario: { name: 'one', effective, seed: 1, argv: [] } });
}

describe('what a run changed in its servers', () => {
  it.each([
    [{}, ''],
    [{ servers: [{ node: 1 }], kea: { repairedRetry: false } }, ''],
    [{ servers: [{ node: 1 }, { node: 2, timeZone: 'Asia/Tokyo' }] }, ' (server-2 in Asia/Tokyo)'],
    [{ servers: [{ node: 1, clockOffset: -2 }] }, ' (clock of server-1 2 s behind)'],
    [{ kea: { repairedRetry: true } }, ' (Kea changed by a library: its retry after a lost race works)'],
    [{ servers: [{ node: 1, environment: { LANG: 'C' } }] }, ' (server-1 with LANG)'],
  ])('of %j is told as "%s"', (effective, text) => expect(textOf(effective)).toBe(text));
});
