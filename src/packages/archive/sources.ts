import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One archive of apt's sources, from either of the two notations. */
export interface AptSource {
  uris: string[];
  suites: string[];
  components: string[];
  /** Every other field, by its deb822 name, unchanged: `Signed-By`, `Trusted`, … */
  options: Record<string, string>;
}

/** Reads the machine's sources: `sources.list` and `sources.list.d/*.{list,sources}`. */
export function readAptSources(etcApt = '/etc/apt'): AptSource[] {
  const parts = listDirectory(join(etcApt, 'sources.list.d')).map((name) => join('sources.list.d', name));
  return ['sources.list', ...parts].flatMap((name) => {
    const text = readText(join(etcApt, name));
    if (name.endsWith('.list')) return parseOneLine(text);
    return name.endsWith('.sources') ? parseDeb822(text) : [];
  });
}

/** Parses the notation of `.sources` files, sources.list(5) "DEB822-STYLE FORMAT". */
export function parseDeb822(text: string): AptSource[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const stanzas = lines.join('\n').split(/\n[ \t]*\n/);
  return stanzas.flatMap((stanza) => {
    const fields = new Map<string, string>();
    for (const [field] of stanza.matchAll(/^[\w-]+:.*(?:\n[ \t].*)*/gm)) {
      const [name, value] = splitOnce(field, ':');
      fields.set(name.toLowerCase(), value.trim());
    }
    const take = (name: string): string => {
      const value = fields.get(name) ?? '';
      fields.delete(name);
      return value;
    };
    const enabled = !/^(no|false|0|off|without|disable)$/i.test(take('enabled'));
    const types = words(take('types'));
    const source = {
      uris: words(take('uris')),
      suites: words(take('suites')),
      components: words(take('components')),
      options: Object.fromEntries([...fields].map(([name, value]) => [titleCase(name), value])),
    };
    return enabled && types.includes('deb') && source.uris.length > 0 ? [source] : [];
  });
}

/** Parses the notation of `.list` files, sources.list(5) "ONE-LINE-STYLE FORMAT". */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (match === null) return [];
    const [, optionText = '', uri = '', suite = '', rest = ''] = match;
    const options: Record<string, string> = {};
    for (const option of words(optionText)) {
      const [name, value] = splitOnce(option, '=');
      options[ONE_LINE_NAMES[name] ?? titleCase(name)] = value.replaceAll(',', ' ');
    }
    return [{ uris: [uri], suites: [suite], components: words(rest), options }];
  });
}

/** Writes sources as one `.sources` file. */
export function formatAptSources(sources: readonly AptSource[]): string {
  return sources
    .map(({ uris, suites, components, options }) =>
      [
        'Types: deb',
        `URIs: ${uris.join(' ')}`,
        `Suites: ${suites.join(' ')}`,
        ...(components.length > 0 ? [`Components: ${components.join(' ')}`] : []),
        ...Object.entries(options).map(([name, value]) => `${name}: ${value}`),
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}

/** The one-line options whose deb822 field has another name. The names of all others differ in case only. */
const ONE_LINE_NAMES: Record<string, string> = {
  arch: 'Architectures',
  lang: 'Languages',
  target: 'Targets',
};

function titleCase(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function listDirectory(directory: string): string[] {
  try {
    return readdirSync(directory)
      .map((name) => basename(name))
      .sort();
  } catch {
    return [];
  }
}

/** The text of a file; empty where this user may not read it, because apt can't use it for this user either. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
