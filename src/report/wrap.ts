/**
 * Breaks at blanks so that no line is longer than `columns`, unless a single word is. Following lines begin
 * under the text, after `indent` blanks.
 *
 * @param first what the first line begins with, as wide as `indent` or less
 */
export function wrap(text: string, columns: number, indent = 0, first = ''): string[] {
  const lines: string[] = [];
  let line = first.padEnd(indent);
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
