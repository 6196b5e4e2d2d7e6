import { printableLines } from '../../terminal/printable.js';

/**
 * Text that is HTML already. The function `html` escapes every other value, so no HTML gets into a page by accident.
 */
export class Markup {
  readonly #text: string;

  /** @param text trusted HTML. Text from a run, a client or a server must go through `html` */
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

/** Escapes a text for element content and for quoted attribute values. Invisible characters are written out. */
export function escaped(text: string): string {
  return printableLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * A template whose values are escaped unless they are `Markup`. A list stands for its items; null, undefined and
 * false stand for nothing.
 *
 * @example html`<td title="${name}">${[bold, text]}</td>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.map((text, i) => text + (i < values.length ? rendered(values[i]) : '')).join(''));
}

/** A name that may be too long for its place. Shorter ones are never broken. */
const LONG_NAMES = /(\S{20,})/;
/** Where a name can be broken: after a dot, slash, underscore or comma, and before a hump of a camel-case name. */
const JOINTS = /(?<=[./_,])(?=[^./_,])|(?<=[a-z])(?=[A-Z])/;

/** A text whose long names break at their joints, such as `conformance.` `held` `Concurrently`. */
export function breakable(text: string): Content {
  // The odd parts are the long names.
  return text.split(LONG_NAMES).map((part, place) => (place % 2 === 0 ? part : joined(part)));
}

function joined(name: string): Content {
  return name.split(JOINTS).map((part, place) => (place === 0 ? part : html`<wbr />${part}`));
}

/** A text of this program. Text between backticks becomes code. */
export function withCode(text: string): Content {
  return text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${breakable(part)}</code>` : part));
}

function rendered(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value instanceof Markup ? value.toString() : value.map(rendered).join('');
}

/**
 * JSON for a `<script type="application/json">`. No text in the value can end the element (HTML Standard, 4.12.1.3).
 */
export function inertJson(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
