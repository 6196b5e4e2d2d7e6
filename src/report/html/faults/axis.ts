/** The faults of a run on its page: the axis that all charts over time share, and the timeline. */
import type { CaseResult } from '../../../results/case.js';
import type { FaultFigures } from '../../../results/faults.js';
import type { Result } from '../../../results/result.js';
import { faultWords } from '../../words/faults.js';
import { momentsOf } from './moments.js';
import { SINCE_START, type FaultPart, type FaultSpan, type TimeAxis } from '../charts/time-axis.js';

/** The axis of every chart over time: the load's own seconds with its faults, or the run's for a run without faults. */
export function timeAxisOf(result: Result): TimeAxis {
  return faultAxisOf(result) ?? { ...SINCE_START, moments: momentsOf(result, SINCE_START.zeroMs) };
}

/**
 * The axis of a run with faults, long enough for everything that is shown on it. Absent for a run without faults, for
 * one whose load never began, and for results of earlier versions, which do not say when the load began.
 */
export function faultAxisOf(result: Result): TimeAxis | undefined {
  const { cases, faults } = result;
  const zeroMs = faults?.loadBeganAtMs ?? null;
  if (faults === undefined || zeroMs === null) return undefined;
  const moments = [
    ...cases.map(({ series }) => (series === null || series === undefined ? 0 : endOf(series) - zeroMs)),
    ...(faults.served ?? []).map(({ bucketMs, asked }) => bucketMs * asked.length),
    ...faults.faults.flatMap((one) => timesOf(one)),
    ...[...faults.nodes, ...faults.ended].map(({ atMs }) => atMs),
  ];
  const lengthMs = Math.max(1_000, ...moments);
  return {
    unit: 'seconds of the load',
    zeroMs,
    lengthMs,
    faults: faults.faults
      .map((one, index) => spanOf(one, index, lengthMs))
      .filter((one) => one !== undefined)
      .sort((one, other) => startOf(one) - startOf(other)),
    moments: momentsOf(result, zeroMs),
  };
}

/** When the last bucket of a series ends, milliseconds of the run's clock. */
function endOf({ bucketMs, started, latency }: NonNullable<CaseResult['series']>): number {
  const buckets = Math.max(0, ...(latency?.phases ?? []).map(({ max }) => max.length));
  return Math.max(bucketMs * started.length, (latency?.bucketMs ?? 0) * buckets);
}

function startOf({ parts }: FaultSpan): number {
  return parts[0]?.fromMs ?? 0;
}

function timesOf({ beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs }: FaultFigures): number[] {
  return [beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs].filter((one) => one !== null);
}

/** @returns undefined for a fault that was never begun */
function spanOf(fault: FaultFigures, index: number, endMs: number): FaultSpan | undefined {
  const parts = partsOf(fault, endMs);
  if (parts.length === 0) return undefined;
  return { number: index + 1, label: `${fault.on} ${faultWords(fault).done}`, parts };
}

/**
 * The time of a fault in parts: it is being done, it is in place, it is being undone. A fault that could not be done
 * or undone goes on until the end. Empty for a fault that was never begun.
 */
export function partsOf(fault: FaultFigures, endMs: number): FaultPart[] {
  const { beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs } = fault;
  if (beganAtMs === null) return [];
  const part = (look: FaultPart['look'], fromMs: number | null, untilMs: number | null): FaultPart[] =>
    fromMs === null || fromMs >= (untilMs ?? endMs) ? [] : [{ look, fromMs, untilMs: untilMs ?? endMs }];
  return [
    ...part('changing', beganAtMs, doneAtMs),
    ...part('in-place', doneAtMs, undoBeganAtMs),
    ...part('changing', undoBeganAtMs, undoneAtMs),
  ];
}
