import { printable } from '../../terminal/printable.js';

/**
 * Escapes a text for Markdown and for HTML in Markdown (CommonMark 0.31, section 2.4). The text stays one line, and
 * invisible characters are written out.
 */
export function escapedMarkdown(text: string): string {
  return printable(text.replace(/[\r\n]+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#@!$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Escapes a text of this program. Code between backticks stays code. */
export function markdownWithCode(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? `\`${part}\`` : escapedMarkdown(part)))
    .join('');
}

/** A section that opens when the reader clicks its title. */
export function folded(title: string, content: string): string {
  return `<details><summary>${escapedMarkdown(title)}</summary>\n\n${content}\n\n</details>`;
}

/** A Markdown table of plain texts, which the function escapes. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = (cells: readonly string[]) => cells.map(escapedMarkdown);
  return tableOfMarkdown(escaped(heads), rows.map(escaped));
}

/** A Markdown table whose cells hold Markdown, each in one line. */
export function tableOfMarkdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
