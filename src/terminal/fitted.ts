/** A line of the live display. `text` may be cut where columns are short; `end` is never cut. */
export interface LiveLine {
  readonly text: string;
  /** Such as a percentage. */
  readonly end?: string;
}

const CUT = '…';

/** A line in at most `columns` columns. Cuts the text between figures or between words, never inside one. */
export function fitted({ text, end = '' }: LiveLine, columns: number): string {
  const behind = end === '' ? '' : ` ${end}`;
  const room = columns - behind.length;
  if (text.length <= room) return text + behind;
  return (cut(text, room - CUT.length) + CUT + behind).slice(-columns);
}

/**
 * Cuts between two figures if possible, else between two words. Two spaces part figures, so a figure keeps its name.
 */
function cut(text: string, room: number): string {
  const start = text.length - text.trimStart().length;
  // The slice has one more character: a blank there shows that the word before it is whole.
  const within = text.slice(0, Math.max(0, room + 1));
  const between = [within.lastIndexOf('  '), within.lastIndexOf(' ')].find((at) => at > start);
  return between === undefined ? '' : within.slice(0, between).trimEnd();
}
