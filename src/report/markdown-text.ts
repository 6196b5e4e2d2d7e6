import { printable } from '../terminal/printable.js';

/**
 * Text in which Markdown and the HTML it may hold have nothing to find (CommonMark 0.31, section 2.4): every character that
 * could begin either is escaped, a line stays a line, and what nobody would see is written out.
 */
export function escapedMarkdown(text: string): string {
  return printable(text.replace(/[\r\n]+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#@!$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text of our own, in which what stands between backticks stays code. */
export function markdownWithCode(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? `\`${part}\`` : escapedMarkdown(part)))
    .join('');
}

/** What is shown when its heading is clicked. */
export function folded(title: string, content: string): string {
  return `<details><summary>${escapedMarkdown(title)}</summary>\n\n${content}\n\n</details>`;
}

/** Cells are escaped here. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapedMarkdown).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}
