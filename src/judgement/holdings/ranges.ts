/** Both ends included. */
export type PercentRange = readonly [low: number, high: number];

export function isWithin(percent: number, [low, high]: PercentRange): boolean {
  return low <= percent && percent <= high;
}

/** `30–37%` */
export function rangeText([low, high]: PercentRange): string {
  return `${low}–${high}%`;
}
