/** A line that changes: its text may be cut where there is no room, and what stands at its end never is. */
export interface LiveLine {
  readonly text: string;
  /** Such as a percentage. */
  readonly end?: string;
}

const CUT = '…';

/** A line in so many columns; cut between its figures or words, never in one. */
export function fitted({ text, end = '' }: LiveLine, columns: number): string {
  const behind = end === '' ? '' : ` ${end}`;
  const room = columns - behind.length;
  if (text.length <= room) return text + behind;
  return (cut(text, room - CUT.length) + CUT + behind).slice(-columns);
}

/** Figures stand two spaces apart, so that none loses its name. */
function cut(text: string, room: number): string {
  const start = text.length - text.trimStart().length;
  // Where a blank follows, the word before it is whole.
  const within = text.slice(0, Math.max(0, room + 1));
  const between = [within.lastIndexOf('  '), within.lastIndexOf(' ')].find((at) => at > start);
  return between === undefined ? '' : within.slice(0, between).trimEnd();
}
