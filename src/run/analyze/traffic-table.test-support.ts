import { expect } from 'vitest';
import { fileURLToPath } from 'node:url';
import { importCapture, type CaptureOptions } from '../../observations/import/capture/import.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

/** @param file the path below `src/run/analyze`, such as `field/k-id0.pcap` */
export function judged(file: string, options?: CaptureOptions): Result {
  return judgeImported(importCapture(fileURLToPath(new URL(`./${file}`, import.meta.url)), options), []);
}

/** Figures of all attempts: requests, answers with a lease, distinct leases, duplicates. */
export type Counts = readonly [requests: number, responses: number, distinct: number, duplicates: number];

export interface Right {
  verdict: Result['verdict'];
  /** The sum over all phases. */
  naks?: number;
  /** First attempts at each server, by case and phase. */
  requestsByServer?: Readonly<Record<string, readonly number[]>>;
  /** The sum over all cases. */
  heldConcurrently?: number;
  /** Leases inside another client's prefix, over all cases. */
  overlapping?: number;
  clients?: number;
  /** Clients that hold a lease at the end. */
  withLease?: number;
  /** The counts of each phase, by case and phase: `dhcp4 REQUEST-ACK`. */
  phases?: Readonly<Record<string, Counts>>;
  /** Patterns that the notes must match. */
  says?: readonly RegExp[];
  options?: CaptureOptions;
}

export const DORA = (n: number): Readonly<Record<string, Counts>> => ({
  'dhcp4 DISCOVER-OFFER': [n, n, n, 0],
  'dhcp4 REQUEST-ACK': [n, n, n, 0],
});

/** A file, what happened in it, and the right judgement. */
export type Line = readonly [file: string, what: string, right: Right];

export function expectRight(file: string, right: Right): void {
  const { verdict, cases, source } = judged(file, right.options);
  expect(verdict).toBe(right.verdict);
  expect(sum(cases, ({ heldConcurrently }) => heldConcurrently)).toBe(right.heldConcurrently ?? 0);
  if (right.overlapping !== undefined)
    expect(sum(cases, ({ overlappingLeases }) => overlappingLeases)).toBe(right.overlapping);
  if (right.clients !== undefined) expect(sum(cases, ({ clients }) => clients)).toBe(right.clients);
  if (right.withLease !== undefined)
    expect(sum(cases, ({ clientsWithLease }) => clientsWithLease ?? NaN)).toBe(right.withLease);
  for (const [name, counts] of Object.entries(right.phases ?? {}))
    expect(countsOf(cases, name), name).toEqual(counts);
  if (right.naks !== undefined)
    expect(
      sum(cases, ({ phases }) => phases.reduce((all, { outcomes }) => all + (outcomes.nak ?? 0), 0)),
    ).toBe(right.naks);
  for (const [name, requests] of Object.entries(right.requestsByServer ?? {}))
    expect(
      phaseOf(cases, name)?.perServer.map((server) => server.requests),
      name,
    ).toEqual(requests);
  for (const words of right.says ?? []) expect(source?.notes).toContainEqual(expect.stringMatching(words));
}

function countsOf(cases: readonly CaseResult[], name: string): Counts | undefined {
  const all = phaseOf(cases, name)?.allAttempts;
  return all ? [all.requests ?? NaN, all.responses, all.distinctLeases, all.duplicateLeases] : undefined;
}

function phaseOf(cases: readonly CaseResult[], name: string): CaseResult['phases'][number] | undefined {
  return cases
    .flatMap((one) => one.phases.map((phase) => ({ phase, text: `${one.name} ${phase.name}` })))
    .find(({ text }) => text === name)?.phase;
}

function sum(cases: readonly CaseResult[], of: (one: CaseResult) => number): number {
  return cases.reduce((all, one) => all + of(one), 0);
}
