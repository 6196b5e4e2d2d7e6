import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { processHere } from './process-here.js';

const CONTAINER = 'c0ffee'.repeat(10);

it('finds nothing where the process of that number is not in the container, or does not exist', () => {
  expect(processHere(process.pid, CONTAINER)).toBeUndefined();
  expect(processHere(0, CONTAINER)).toBeUndefined();
});

it('finds the process whose control group bears the container’s name', () => {
  const groups = readFileSync('/proc/self/cgroup', 'latin1').split('\n')[0] ?? '';
  expect(processHere(process.pid, groups)).toMatchObject({ pid: process.pid });
});
