import { tableOfMarkdown } from '../report/markdown/markdown-text.js';

/** A table as a paragraph of a generated page. Each cell holds Markdown, in one line. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${tableOfMarkdown(heads, rows)}\n`;
}

/** Escapes a plain sentence for Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\|<>*_[\]]/g, (character) => `\\${character}`);
}

/** The first line of every generated page. */
export const GENERATED = '<!-- Written by `npm run docs`; edit the sources it names instead. -->\n';
