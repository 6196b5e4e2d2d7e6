import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientKey, drawnWitnesses } from '../report/html/witnesses/shown.js';
import type { WitnessOfCase } from '../report/html/input.js';
import { judgeStoredRun } from './stored-run.js';
import { storeRun } from './stored-run.test-support.js';
import { witnessedMessages } from './witnessed-messages.js';

describe('the messages of witnesses', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'witnessed-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** The witnesses of a run in which the first two of six clients get one lease. */
  function witnessesOfTwo(): WitnessOfCase[] {
    storeRun(directory, 6, { lease: (client) => (client < 2 ? 7 : 100 + client) });
    const result = judgeStoredRun(directory);
    return drawnWitnesses(
      result,
      result.cases.flatMap((one) => one.witnesses.map((witness) => ({ ...witness, case: one.name }))),
    );
  }

  it('are those of the clients that hold the lease, from the journal, in the order of time', () => {
    const witnesses = witnessesOfTwo();
    expect(witnesses.map(({ kind, holders }) => [kind, holders.length])).toEqual([['held-concurrently', 2]]);
    const messages = witnessedMessages(directory, witnesses);
    expect([...messages.keys()].sort()).toEqual([clientKey('dhcp4', 0), clientKey('dhcp4', 1)]);
    for (const its of messages.values()) {
      expect(its.map(({ what, phase, lease }) => [what, phase, lease])).toEqual([
        ['sent', 'DISCOVER-OFFER', ''],
        ['lease', 'DISCOVER-OFFER', '10.0.0.0'],
        ['sent', 'REQUEST-ACK', ''],
        ['lease', 'REQUEST-ACK', '10.0.0.7'],
      ]);
      expect(its.map(({ atUs }) => atUs)).toEqual(its.map(({ atUs }) => atUs).toSorted((a, b) => a - b));
    }
  });

  it('end with the answer that the last witness is about', () => {
    const witnesses = witnessesOfTwo();
    const early = witnesses.map((one) => ({
      ...one,
      holders: one.holders.map((holder) => ({ ...holder, fromUs: 0 })),
    }));
    const messages = [...witnessedMessages(directory, early).values()].flat();
    expect(messages.every(({ atUs }) => atUs <= 0)).toBe(true);
  });

  it('are none where the directory has no journal', () => {
    const witnesses = witnessesOfTwo();
    rmSync(join(directory, 'journal.bin'));
    expect([...witnessedMessages(directory, witnesses).values()].flat()).toEqual([]);
  });
});
