/** A Markdown table; what stands in its cells is Markdown already, a line each. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** A sentence from the code as Markdown shows it. */
export function escaped(text: string): string {
  return text.replace(/[\\|<>*_[\]]/g, (character) => `\\${character}`);
}

/** At the top of every page that is written by a program. */
export const GENERATED = '<!-- Written by `npm run docs`; edit the sources it names instead. -->\n';
