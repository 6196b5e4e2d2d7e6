/**
 * Whether a version such as `8.0.36-28` is equal to or later than another, such as `8.0.30` or `8.0`. Compares the
 * numbers between the dots, and ignores what follows a number, such as `-28`.
 *
 * @param missing the value of a number that `version` lacks. `Infinity` asks whether any version that begins like
 *   `version` is late enough
 */
export function isAtLeast(version: string, other: string, missing = 0): boolean {
  const parts = version
    .trim()
    .split('.')
    .map((part) => parseInt(part, 10));
  for (const [index, wanted] of other.split('.').map(Number).entries()) {
    const own = parts[index] ?? missing;
    if (own !== wanted) return own > wanted;
  }
  return true;
}

/** Whether a version belongs to the line that `wanted` names: 2.6.3 is a 2.6, and a 2.6.3. */
export function isA(version: string, wanted: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => parseInt(part, 10));
  const own = numbers(version);
  return numbers(wanted).every((part, index) => own[index] === part);
}
