import { existsSync, readFileSync } from 'node:fs';

/** The lines of JSON in a file of measurements; none where there is no file. */
export function linesIn(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
