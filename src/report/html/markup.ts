import { printableLines } from '../../terminal/printable.js';

/** Text that is HTML already. Whatever else is put into `html` is escaped, so nothing gets into the page by accident. */
export class Markup {
  readonly #text: string;

  /** @param text trusted: what a run, a client or a server said must have come through `html` */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and for attribute values in quotes; what a browser would not show is written out. */
export function escaped(text: string): string {
  return printableLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * A template whose values are escaped unless they are `Markup`; of lists each item; null, undefined and false are nothing.
 *
 * @example html`<td title="${name}">${[bold, text]}</td>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.map((text, i) => text + (i < values.length ? rendered(values[i]) : '')).join(''));
}

/** Text of our own, in which what stands between backticks is code. */
export function withCode(text: string): Content {
  return text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}

function rendered(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value instanceof Markup ? value.toString() : value.map(rendered).join('');
}

/** JSON for a `<script type="application/json">`, which no text in it can end (HTML Standard, 4.12.1.3). */
export function inertJson(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
