/**
 * Breaks a text at blanks. No line is longer than `columns`, unless a single word is. Following lines are indented by
 * `indent` blanks, so that they begin below the text.
 *
 * @param first the beginning of the first line, at most `indent` characters wide
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
