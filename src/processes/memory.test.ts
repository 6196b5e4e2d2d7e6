import { expect, it } from 'vitest';
import { forgetPeak, peakResidentBytes, residentBytes } from './memory.js';

const MIB = 1_024 * 1_024;

it('the peak of memory stays when the memory is freed', () => {
  forgetPeak();
  const before = residentBytes();
  const held = holding(256 * MIB, residentBytes);
  expect(held).toBeGreaterThan(before + 200 * MIB);
  expect(peakResidentBytes()).toBeGreaterThan(before + 200 * MIB);
});

function holding<T>(bytes: number, work: () => T): T {
  const block = Buffer.alloc(bytes, 1);
  const result = work();
  expect(block.at(-1)).toBe(1);
  return result;
}
