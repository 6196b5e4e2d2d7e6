/**
 * Whether a version such as `8.0.36-28` is another one, such as `8.0.30` or `8.0`, or later than it. Numbers between dots
 * are compared; what follows a number in its place is not.
 *
 * @param missing what a number counts as that the version does not have: `Infinity` asks whether some version that begins
 *   like it is
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
