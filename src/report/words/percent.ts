/** Such as `33.4%`, `100%`; never rounds up to 100%. A dash for null, where there is nothing to divide by. */
export function percent(value: number | null): string {
  if (value === null) return '–';
  const shown = Math.round(value * 10) / 10;
  return `${shown === 100 && value < 100 ? 99.9 : shown}%`;
}
