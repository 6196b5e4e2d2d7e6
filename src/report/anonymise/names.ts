import { basename, extname } from 'node:path';
import { CASE_KINDS } from '../../protocol/cases.js';
import { scenarioNames } from '../../scenario/catalogue.js';

/** What a name is of; the replacement says so. */
export type NameKind = 'name' | 'source' | 'scenario' | 'network' | 'host' | 'path' | 'text';

const CASE = `(?:${CASE_KINDS.join('|')})`;

/** As this program calls cases, servers, nodes and sockets itself, and what it takes by default. */
const OWN = new RegExp(
  `^(?:unknown|harness|kea|KEA_CONFORMANCE_DB_PASSWORD|${CASE}|(?:(?:harness|kea) )?(?:${CASE} )?(?:server|node)-\\d{1,3})?$`,
);

const ENDS_IN_CASE = new RegExp(`^(.+) (${CASE}|dhcp6(?:-ia)?(?:-na|-ta)?(?:-pd)?)$`);

/** Files of other kinds would tell what they are of. */
const EXTENSIONS = ['.pcap', '.pcapng', '.out', '.log', '.txt'];

/** Names for names, numbered by kind in the order in which they are seen. What this program calls something itself stays. */
export class NameMap {
  readonly #labels = new Map<string, string>();
  readonly #counts = new Map<NameKind, number>();
  /** What servers are called by the outputs of perfdhcp that they are of: the file's name without its ending. */
  readonly #outputs = new Map<string, string>();
  readonly #scenarios = new Set(scenarioNames());
  #version = 0;

  /** Changes when there are more. */
  get version(): number {
    return this.#version;
  }

  /** What was replaced, by what, as far as it can be found in a sentence. */
  known(): [string, string][] {
    return [...this.#labels].filter(([text]) => text.length > 1 && !/^\d+$/.test(text));
  }

  isOwn(text: string): boolean {
    return OWN.test(text) && !this.#outputs.has(text);
  }

  label(kind: NameKind, text: string): string {
    if (this.isOwn(text)) return text;
    const known = this.#labels.get(text);
    if (known !== undefined) return known;
    const output = kind === 'name' ? this.#output(text) : undefined;
    if (output !== undefined) {
      this.note(text, output);
      return output;
    }
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const label = `${kind}-${number}`;
    this.note(text, label);
    return label;
  }

  /** `all`, or `all#2` of several in one file: as the file, so that one sees which server is of which. */
  #output(text: string): string | undefined {
    const [, name = text, place = ''] = /^(.+)(#\d+)$/s.exec(text) ?? [];
    const file = this.#outputs.get(name) ?? (place === '' ? undefined : this.#labels.get(name));
    return file === undefined ? undefined : file + place;
  }

  /** For a text that has its replacement already. */
  note(text: string, label: string): void {
    if (this.#labels.has(text) || text === label) return;
    this.#labels.set(text, label);
    this.#version++;
  }

  file(path: string): string {
    const extension = extname(path).toLowerCase();
    const label = this.label('source', path).replace(/\.\w+$/, '');
    const shown = label + (EXTENSIONS.includes(extension) ? extension : '');
    this.#labels.set(path, shown);
    this.note(basename(path), shown);
    const output = basename(path).replace(/\.[^.]+$/, '');
    if (!this.#outputs.has(output)) this.#outputs.set(output, label);
    return shown;
  }

  /** `VLAN 12 dhcp4`: the network is one, the kind of exchange stays. */
  case(name: string): string {
    const [, network = '', kind = ''] = ENDS_IN_CASE.exec(name) ?? [];
    if (kind === '' || network === 'untagged') return this.#keptCase(name);
    const shown = `${this.label('network', network)} ${kind}`;
    this.note(name, shown);
    return shown;
  }

  #keptCase(name: string): string {
    const isKind = /^(?:untagged )?(?:dhcp4|dhcp6(?:-ia)?(?:-na|-ta)?(?:-pd)?)$/.test(name);
    return isKind ? name : this.label('name', name);
  }

  /** Those that the package brings stay; of what others recorded its kind does. */
  scenario(name: string): string {
    const [, file] = /^capture (.+)$/s.exec(name) ?? [];
    if (file !== undefined) return `capture ${this.file(file)}`;
    return this.#scenarios.has(name) || /^\d+ perfdhcp logs?$/.test(name)
      ? name
      : this.label('scenario', name);
  }
}
