/** A percentage beside its limit: with more decimals where `percent` would show it on the other side, or at the limit itself. */
export function percentBeside(value: number, limit: number): string {
  const shown = Math.round(value * 10) / 10;
  return Math.sign(shown - limit) === Math.sign(value - limit) ? percent(value) : `${value}%`;
}

/** Such as `33.4%`, `100%`; never rounds up to 100%. A dash for null, where there is nothing to divide by. */
export function percent(value: number | null): string {
  if (value === null) return '–';
  const shown = Math.round(value * 10) / 10;
  return `${shown === 100 && value < 100 ? 99.9 : shown}%`;
}
