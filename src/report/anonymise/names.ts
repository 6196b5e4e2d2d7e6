import { basename, extname } from 'node:path';
import { CASE_KINDS } from '../../protocol/cases.js';
import { scenarioNames } from '../../scenario/catalogue.js';

/** The kind of thing that a name denotes. The replacement begins with it. */
export type NameKind = 'name' | 'source' | 'scenario' | 'network' | 'host' | 'path' | 'text';

const CASE = `(?:${CASE_KINDS.join('|')})`;

/**
 * The names that this program itself gives to cases, servers, nodes and sockets, and its default names. They are
 * kept.
 */
const OWN = new RegExp(
  `^(?:unknown|harness|haproxy|kea|KEA_CONFORMANCE_DB_PASSWORD|${CASE}|(?:(?:harness|kea) )?(?:${CASE} )?(?:server|node)-\\d{1,3})?$`,
);

const ENDS_IN_CASE = new RegExp(`^(.+) (${CASE}|dhcp6(?:-ia)?(?:-na|-ta)?(?:-pd)?)$`);

/** Extensions of files that are kept. Another extension might reveal what the file is about. */
const EXTENSIONS = ['.pcap', '.pcapng', '.out', '.log', '.txt'];

/**
 * Replaces names, numbered by kind in the order in which they occur. Names that this program itself gives are kept.
 */
export class NameMap {
  readonly #labels = new Map<string, string>();
  readonly #counts = new Map<NameKind, number>();
  /**
   * The names of servers that come from perfdhcp outputs, with the label of the file. Such a name is the file's name
   * without its extension.
   */
  readonly #outputs = new Map<string, string>();
  readonly #scenarios = new Set(scenarioNames());
  #version = 0;

  /** Changes when a name is added. */
  get version(): number {
    return this.#version;
  }

  /** The replaced texts with their replacements, except texts too short to be found in a sentence, and numbers. */
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

  /**
   * The replacement for a server that is named after a perfdhcp output: `all`, or `all#2` if one file has several. It
   * begins with the label of the file, so that a reader can match them.
   */
  #output(text: string): string | undefined {
    const [, name = text, place = ''] = /^(.+)(#\d+)$/s.exec(text) ?? [];
    const file = this.#outputs.get(name) ?? (place === '' ? undefined : this.#labels.get(name));
    return file === undefined ? undefined : file + place;
  }

  /** Records a text whose replacement is already known. */
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

  /** Replaces the network in the name of a case such as `VLAN 12 dhcp4`. The kind of exchange is kept. */
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

  /** Replaces the name of a scenario. Names of shipped scenarios are kept, and so is the kind of a recording. */
  scenario(name: string): string {
    const [, file] = /^capture (.+)$/s.exec(name) ?? [];
    if (file !== undefined) return `capture ${this.file(file)}`;
    return this.#scenarios.has(name) || /^\d+ perfdhcp logs?$/.test(name)
      ? name
      : this.label('scenario', name);
  }
}
