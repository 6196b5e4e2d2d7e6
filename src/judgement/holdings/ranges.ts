/** Both ends included. */
export type PercentRange = readonly [low: number, high: number];

export function isWithin(percent: number, [low, high]: PercentRange): boolean {
  return low <= percent && percent <= high;
}

/** `33.43%`, `100%` */
export function percentText(percent: number): string {
  return `${Math.round(percent * 100) / 100}%`;
}

/** `30–37%` */
export function rangeText([low, high]: PercentRange): string {
  return `${low}–${high}%`;
}
