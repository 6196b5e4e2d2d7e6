/** A span of the run's clock, microseconds. */
export interface Span {
  fromUs: number;
  untilUs: number;
}

export function isIn(spans: readonly Span[], atUs: number): boolean {
  return spans.some(({ fromUs, untilUs }) => fromUs <= atUs && atUs <= untilUs);
}
