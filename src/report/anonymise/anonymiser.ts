import { randomBytes } from 'node:crypto';
import { UNKNOWN_PREFIX_LENGTH } from '../../protocol/leases.js';
import type { Layout, Observation } from '../../observations/observation.js';
import type { WitnessOfCase } from '../html/input.js';
import type { Result } from '../../results/result.js';
import { AddressMap } from './addresses.js';
import { FIELDS, placesOfResult, type Treatment } from './fields.js';
import { isHexadecimal, IdentityMap } from './identities.js';
import { NameMap } from './names.js';
import { SentenceMap } from './sentences.js';

type Fields = Readonly<Record<string, unknown>>;

const PLACES = placesOfResult();
const CLOSED = new Map(PLACES.strings.flatMap(({ path, values }) => (values ? [[path, values]] : [])));

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/**
 * Reasons for which something could not be read, in this program's own words. They reveal nothing, so they are kept.
 */
const OWN_REASON =
  /^(?:not asked(?:: the run was ended)?|given up: the run was ended|no answer (?:before the run was ended|within [\d.]+ s))$/;

/** Values of server variables that can't name anybody: words in capitals, numbers, truth values and durations. */
const TELLS_NOBODY = /^(?:[A-Z]+(?:[-_ ,][A-Z]+)*|[\d.]+|true|false|PT[\d.]+[HMS])$/;

/**
 * Replaces everything that identifies people, machines and networks in one or several results. Equal values stay
 * equal, different values stay different. Figures, times, verdicts and versions are kept. The key is random, so that
 * nobody can recover a value by trying likely ones.
 */
export class Anonymiser {
  readonly #addresses: AddressMap;
  readonly #identities: IdentityMap;
  readonly #names = new NameMap();
  readonly #sentences: SentenceMap;
  /** The replaced refusals, by original text. The finding of the check `audit.made` quotes them word for word. */
  readonly #refusals = new Map<string, string>();

  /** @param key random by default; the same key gives the same replacements */
  constructor(key: Uint8Array = randomBytes(32)) {
    this.#addresses = new AddressMap(key);
    this.#identities = new IdentityMap(key);
    this.#sentences = new SentenceMap({
      addresses: this.#addresses,
      identities: this.#identities,
      names: this.#names,
    });
  }

  result(result: Result): Result {
    // The first pass only learns the names, as a sentence may come before the field that has its name.
    this.#mapped(result, [], {});
    return this.#mapped(result, [], {}) as Result;
  }

  witness(witness: WitnessOfCase): WitnessOfCase {
    return this.#mapped(witness, ['cases', 'N', 'witnesses', 'N'], {}) as WitnessOfCase;
  }

  journal({
    layout,
    observations,
  }: Pick<Journal, 'layout' | 'observations'>): Pick<Journal, 'layout' | 'observations'> {
    const cases = layout.cases.map((one) => ({
      ...one,
      name: this.#names.case(one.name),
      servers: one.servers.map((name) => this.#name(name)),
    }));
    const otherOf = (one: Observation): Observation => this.#observation(one);
    return {
      layout: { ...layout, cases },
      *observations() {
        for (const one of observations()) yield otherOf(one);
      },
    };
  }

  #observation(one: Observation): Observation {
    if (one.type !== 'answer' || one.lease.length === 0) return one;
    const { lease, prefixLength } = one;
    if (lease.length === 4) return { ...one, lease: this.#addresses.ipv4(lease) };
    const length = prefixLength === UNKNOWN_PREFIX_LENGTH ? 128 : prefixLength;
    return { ...one, lease: this.#addresses.ipv6(lease, length) };
  }

  #mapped(value: unknown, path: readonly string[], beside: Fields): unknown {
    const place = path.join('.');
    const treatment = FIELDS.get(place);
    if (treatment === 'leftOut') return undefined;
    if (Array.isArray(value))
      return value.map((one) => this.#mapped(one, [...path, 'N'], beside)).filter((one) => one !== undefined);
    if (typeof value === 'object' && value !== null) {
      const isMapping = PLACES.mappings.has(place);
      const fields = value as Fields;
      const others = Object.entries(fields).map(
        ([key, one]) => [key, this.#mapped(one, [...path, isMapping ? 'NAME' : key], fields)] as const,
      );
      return Object.fromEntries(others.filter(([, one]) => one !== undefined));
    }
    if (treatment === 'null') return null;
    if (typeof value === 'number') return treatment === 'iaid' ? this.#identities.iaid(value) : value;
    return typeof value === 'string' ? this.#text(value, place, treatment, beside) : value;
  }

  #text(text: string, place: string, treatment: Treatment | undefined, beside: Fields): string {
    if (text === '') return '';
    const closed = CLOSED.get(place);
    if (closed === 'time' ? TIME.test(text) : closed?.has(text)) return text;
    switch (treatment) {
      case 'kept':
        return text;
      case 'lease':
      case 'host':
        return this.#address(text, treatment === 'host' ? 'host' : 'text');
      case 'address':
        return this.#addressBeside(text, beside);
      case 'hardwareAddress':
      case 'clientIdentifier':
      case 'duid':
        return isHexadecimal(text) ? this.#identities[treatment](text) : this.#names.label('text', text);
      case 'digest':
        return isHexadecimal(text) ? this.#identities.opaque(text) : this.#names.label('text', text);
      case 'identifier':
        return text
          .split(' ')
          .map((part) => this.#identifier(part))
          .join(' ');
      case 'case':
        return this.#names.case(text);
      case 'path':
        return this.#names.label('path', text);
      case 'source':
        return this.#names.file(text);
      case 'scenario':
        return this.#names.scenario(text);
      case 'setting':
        return TELLS_NOBODY.test(text) ? text : this.#names.label('text', text);
      case 'sentence':
        return this.#sentences.sentence(text);
      case 'found':
        return this.#found(text, beside['name']);
      case 'refused':
        return this.#refused(text);
      case 'name':
      case 'iaid':
      case 'null':
      case 'leftOut':
      case undefined:
        return this.#name(text);
    }
  }

  /** Replaces a name: such as `192.0.2.1 port 1067`, `DUID 0001…`, or any word. */
  #name(text: string): string {
    if (this.#names.isOwn(text)) return text;
    const [, before = '', address = '', port = ''] = /^(DUID )?(\S+)( port \d+)?$/.exec(text) ?? [];
    const other =
      before === ''
        ? this.#addresses.text(address)
        : isHexadecimal(address)
          ? this.#identities.duid(address)
          : undefined;
    if (other === undefined) return this.#names.label('name', text);
    return before + other + port;
  }

  #address(text: string, kind: 'host' | 'text'): string {
    return this.#addresses.text(text) ?? this.#names.label(kind, text);
  }

  #addressBeside(text: string, beside: Fields): string {
    const length = beside['leaseType'] === 'prefix' ? beside['prefixLength'] : beside['length'];
    if (typeof length !== 'number' || !text.includes(':')) return this.#address(text, 'text');
    const [address = ''] = this.#address(`${text}/${length}`, 'text').split('/');
    return address;
  }

  /**
   * Replaces one part of an identifier. The identifier of a client with several bindings also names these: `0003…
   * na1 pd2`.
   */
  #identifier(text: string): string {
    const [, kind, iaid] = /^(v4|na|ta|pd)(\d+)$/.exec(text) ?? [];
    if (kind !== undefined) return kind + String(this.#identities.iaid(Number(iaid)));
    return isHexadecimal(text) ? this.#identities.any(text) : this.#names.label('text', text);
  }

  /**
   * Replaces a refusal. Its reason may quote hosts and files, so only reasons in this program's own words are kept.
   */
  #refused(text: string): string {
    const [, what = '', why] = /^((?:lease[46]|statistics) of .*?): (.*)$/s.exec(text) ?? [];
    const other =
      why === undefined
        ? this.#sentences.sentence(text)
        : `${this.#sentences.sentence(what)}: ${OWN_REASON.test(why) ? why : '(left out)'}`;
    if (other !== text) this.#refusals.set(text, other);
    return other;
  }

  #found(text: string, check: unknown): string {
    if (check === 'run.endedEarly')
      return text.replace(/^ended early: .* (\(\w+\))/s, 'ended early: (left out) $1');
    if (check !== 'audit.made') return this.#sentences.sentence(text);
    const refusals = [...this.#refusals].sort(([a], [b]) => b.length - a.length);
    return this.#sentences.sentence(
      refusals.reduce((all, [one, other]) => all.replaceAll(one, () => other), text),
    );
  }
}

interface Journal {
  layout: Layout;
  observations: () => Iterable<Observation>;
}
