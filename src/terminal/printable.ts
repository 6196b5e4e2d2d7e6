/**
 * Characters that a terminal, an editor or a browser would obey rather than show: control characters (ISO 6429, C0
 * and C1), line and paragraph separators, and characters that change the direction of a text (Unicode Standard Annex
 * #9, section 2).
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text with control characters written out, as `\u001b`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => SHORT[character] ?? writtenOut(character));
}

/** A text of several lines with control characters written out, except tabs and line ends. */
export function printableLines(text: string): string {
  return text.replace(UNSEEN, (character) =>
    /[\t\n\r]/.test(character) ? character : writtenOut(character),
  );
}

function writtenOut(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A value in which each text and each key has its control characters written out. */
export function allPrintable<T>(value: T): T {
  return shown(value) as T;
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [printable(key), shown(one)]));
}
