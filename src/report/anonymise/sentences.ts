import { CHECK_NAMES } from '../../results/check-names.js';
import { FIGURES } from '../../results/registry/figures.js';
import { SCOPES } from '../../results/registry/figure.js';
import { PREMISE_NAMES } from '../../judgement/reproduction/premises.js';
import { PHASES } from '../../protocol/phases.js';
import { CASE_KINDS } from '../../protocol/cases.js';
import type { AddressMap } from './addresses.js';
import { isHexadecimal, type IdentityMap } from './identities.js';
import type { NameMap } from './names.js';
import { placesOfResult } from './fields.js';

/** Words with dots that are kept: files of this program that messages name, and English abbreviations. */
const OWN_DOTTED =
  /^(?:(?:evidence|run|result|suite)\.json|witnesses\.jsonl|journal\.bin|e\.g|i\.e|Node\.js)$/;

/**
 * Patterns for the parts of a sentence that may come from a network, a log or a file system. The first pattern that
 * matches applies.
 */
const PARTS = [
  '(?<quoted>"(?:[^"\\\\]|\\\\.)*")',
  '(?<url>\\b\\w+://[^\\s"\'<>]+)',
  '(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)',
  '(?<duid>\\bDUID [0-9a-fA-F]+\\b)',
  // Also matches a hardware address, an identifier or a DUID with colons.
  '(?<colons>(?<![\\w:.])[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*:?[0-9a-fA-F:.]*(?:%[\\w.-]+)?(?:/(?:\\d{1,3}|\\?))?)',
  '(?<ipv4>(?<![\\w.-])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w-]|\\.\\d)(?:/\\d{1,2}(?!\\w))?)',
  '(?<hyphens>(?<![\\w-])[0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){3,}(?![\\w-]))',
  '(?<hex>(?<!\\w)(?:[0-9a-fA-F]{2}){6,}(?!\\w))',
  '(?<path>(?<![\\w./])(?:~|\\.{1,2})?/[\\w@+-][^\\s"\',;:()]*)',
  '(?<dotted>(?<![\\w@/.-])[A-Za-z0-9_][\\w-]*(?:\\.[\\w-]+)*\\.[A-Za-z][\\w-]*(?![\\w/]))',
].join('|');

/** Replaces the parts of sentences that identify people, machines or networks. */
export class SentenceMap {
  readonly #addresses: AddressMap;
  readonly #identities: IdentityMap;
  readonly #names: NameMap;
  #pattern = new RegExp(PARTS, 'gu');
  #known = new Map<string, string>();
  #version = -1;

  constructor(maps: { addresses: AddressMap; identities: IdentityMap; names: NameMap }) {
    this.#addresses = maps.addresses;
    this.#identities = maps.identities;
    this.#names = maps.names;
  }

  sentence(text: string): string {
    this.#learn();
    const withoutIaids = text.replace(IAID_CLAUSE, (clause) =>
      clause.replace(/(?<![\w-])\d+(?!\w)/g, (iaid) => String(this.#identities.iaid(Number(iaid)))),
    );
    return withoutIaids.replace(this.#pattern, (found, ...rest) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      return this.#replaced(found, groups);
    });
  }

  /** Adds the known names to the pattern, before the other parts. A longer name comes before the names inside it. */
  #learn(): void {
    if (this.#version === this.#names.version) return;
    this.#version = this.#names.version;
    this.#known = new Map(this.#names.known());
    const names = [...this.#known.keys()].sort((a, b) => b.length - a.length).map(literal);
    const known = names.length === 0 ? '' : `(?<known>(?<![\\w-])(?:${names.join('|')})(?![\\w-]))|`;
    this.#pattern = new RegExp(known + PARTS, 'gu');
  }

  #replaced(found: string, groups: Record<string, string | undefined>): string {
    const { known, quoted, duid, colons, ipv4, hyphens, hex, dotted, url } = groups;
    if (known !== undefined) return this.#known.get(known) ?? known;
    if (quoted !== undefined) return this.#quoted(quoted);
    if (duid !== undefined) return `DUID ${this.#identities.duid(duid.slice(5))}`;
    if (colons !== undefined) return this.#withColons(colons);
    if (ipv4 !== undefined) return this.#addresses.text(ipv4) ?? ipv4;
    if (hyphens !== undefined || hex !== undefined) return this.#identities.any(found);
    if (dotted !== undefined) return isOwnDotted(dotted) ? dotted : this.#names.label('name', dotted);
    if (url !== undefined) return this.#names.label('text', url);
    return this.#names.label('path', found);
  }

  /** Replaces a quoted value, which is the JSON of a database column. */
  #quoted(quoted: string): string {
    const text = quoted.slice(1, -1);
    if (text === '' || /^\d{1,5}$/.test(text)) return quoted;
    return `"${this.#addresses.text(text) ?? (isHexadecimal(text) ? this.#identities.any(text) : this.#names.label('text', text))}"`;
  }

  /** Replaces a text with colons. A colon or full stop at its end belongs to the sentence. */
  #withColons(found: string): string {
    for (let end = found.length; end > 0 && end > found.length - 3; end--) {
      const text = found.slice(0, end);
      const other = this.#addresses.text(text) ?? (isLongHex(text) ? this.#identities.any(text) : undefined);
      if (other !== undefined) return other + found.slice(end);
      if (!/[.:]$/.test(text)) break;
    }
    return found;
  }
}

/** Such as `iaid is 7 and not 8`, `iaid is 7 on node-1, 8 on node-2`. */
const IAID_CLAUSE = /\biaid is \d+(?: and not \d+| on [^;]*)/g;

/** Whether a text is hexadecimal and has at least four bytes. Three bytes with colons may be a time of day. */
function isLongHex(text: string): boolean {
  return isHexadecimal(text) && text.length >= 11;
}

function isOwnDotted(text: string): boolean {
  if (OWN_DOTTED.test(text)) return true;
  const [first, ...others] = text.split('.');
  const isOwn = (word: string | undefined) => word !== undefined && OWN_WORDS.has(word);
  return isOwn(first) && others.every(isOwn);
}

/** The words in the names of checks, figures, premises and settings, which a sentence may hold. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...[...CHECK_NAMES, ...PREMISE_NAMES].flatMap((name) => name.split('.')),
  ...FIGURES.flatMap(({ name, alias = name }) => [name, alias]).flatMap((name) => name.split('.')),
  ...['first', ...SCOPES, ...CASE_KINDS, ...PHASES],
  ...placesOfResult().keys,
]);

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
