import { describe, expect, it } from 'vitest';
import { counted, momentOf, number, outOf, percentBeside, percentOf, secondsOf, shown } from './numbers.js';

describe('a number has one form', () => {
  it.each([
    [number(11_400), '11,400'],
    [counted(1, 'answer is', 'answers are'), '1 answer is'],
    [outOf(12, 1_357), '12 of 1,357'],
    [percentOf(33.43), '33.4%'],
    [percentOf(0), '0%'],
    [percentOf(99.97), '99.9%'],
    [percentOf(0.04), '0.04%'],
    [shown(0.0004, 'ratio'), '0.0004'],
    [percentOf(100), '100%'],
    [secondsOf(3_960_000), '4.0 s'],
    [momentOf(4_000_200_000), '4,000.200'],
    [shown(6_153, 'ms'), '6,153'],
    [shown(12, 'ms'), '12.0'],
    [shown(0.416, 'ms'), '0.42'],
    [shown(33.333, 'ratio'), '33.3'],
    [shown(12_345, 'count'), '12,345'],
  ])('%s', (text, expected) => expect(text).toBe(expected));
});

describe('beside a limit, a number has as many decimals as it takes to be on its side', () => {
  it.each([
    [percentBeside(94.97, 95), '94.97%'],
    [percentBeside(95.01, 95), '95.01%'],
    [percentBeside(95, 95), '95%'],
    [percentBeside(58.34, 95), '58.3%'],
    [percentBeside(99.999, 99.9), '99.99%'],
    [shown(50.04, 'ms', (rounded) => rounded > 50), '50.04'],
  ])('%s', (text, expected) => expect(text).toBe(expected));
});
