import { z } from 'zod';
import { parseDocument, type SourceDocument } from './document.js';
import { unknownKey } from './explain.js';
import { bare, childSchema, isList, isMapping, parsePath, schemaAt, showPath, type Path } from './paths.js';
import { ScenarioError, type Finding, type Location, type Problem } from './problems.js';
import { scenarioSchema } from '../schema.js';
import { ownCommand } from '../../tool.js';

/** One value that `--set`, a suite or the `quick:` block gives, and where it was written. */
export interface Setting {
  readonly from: 'quick' | 'suite' | '--set';
  readonly path: Path;
  readonly value: unknown;
  /** Where the value at `path` was written; `path` is that of this setting or of a part of its value. */
  locate(path: Path, at: Finding['at'], offset?: number): Location;
}

export interface Read {
  settings: Setting[];
  problems: Problem[];
}

/** The settings of the `quick:` block. A block that is no mapping has none; the schema reports the mistake. */
export function readQuick(document: SourceDocument): Read {
  const block: unknown = isPlainObject(document.data) ? document.data['quick'] : undefined;
  return readBlock(isPlainObject(block) ? block : {}, 'quick', ['quick'], document);
}

/** The settings in a mapping from paths to values. The mapping stands at `place` in the document. */
export function readBlock(
  block: Readonly<Record<string, unknown>>,
  from: Setting['from'],
  place: Path,
  document: Pick<SourceDocument, 'locate'>,
): Read {
  const read: Read = { settings: [], problems: [] };
  for (const [key, value] of Object.entries(block)) {
    const base = parsePath(key);
    const locate: Setting['locate'] = (path, at, offset) =>
      document.locate([...place, key, ...path.slice(base.length)], at, offset);
    collect(base, value, { from, locate }, read);
  }
  return read;
}

/**
 * The settings of one `--set path=value`. The value is YAML: a scalar, or a list or mapping in [] or {}. The value
 * null removes a key that has no default.
 */
export function readSet(argument: string): Read {
  const location: Location = { set: argument };
  const equals = argument.indexOf('=');
  if (equals < 1) {
    const problem = {
      ...{ location, path: '', message: 'must be path=value' },
      hint: `for example --set load.ratePerServer=100; \`${ownCommand('scenarios NAME --json')}\` lists every setting of a scenario`,
    };
    return { settings: [], problems: [problem] };
  }
  const read: Read = { settings: [], problems: [] };
  try {
    const { data } = parseDocument(argument.slice(equals + 1), () => location);
    const path = parsePath(argument.slice(0, equals).trim());
    // No text at all is not null: an empty shell variable may leave the value empty.
    collect(path, data === undefined ? '' : data, { from: '--set', locate: () => location }, read);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    read.problems.push(...error.problems);
  }
  return read;
}

/** Splits a mapping into settings, so that it changes the keys that it names and leaves the others as they are. */
function collect(path: Path, value: unknown, origin: Pick<Setting, 'from' | 'locate'>, read: Read): void {
  const finding = findNothingAt(path);
  if (finding !== undefined) {
    const { message, suggestion, hint } = finding;
    const location = origin.locate(path, finding.at);
    read.problems.push({ location, path: showPath(path), message, suggestion, hint });
  } else if (isMapping(schemaAt(path)) && isPlainObject(value) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) collect([...path, key], inner, origin, read);
  } else {
    read.settings.push({ ...origin, path, value });
  }
}

/** Why a path can't be set, or undefined where it can. */
function findNothingAt(path: Path): Finding | undefined {
  if (path[0] === 'quick')
    return { path, at: 'key', message: `${showPath(path)} can't be set: it says what --quick sets` };
  if (path[0] === 'extends')
    return { path, at: 'key', message: `${showPath(path)} can't be set: it says what the file builds on` };
  for (let length = 1; length <= path.length; length++) {
    const parentPath = path.slice(0, length - 1);
    const parent = schemaAt(parentPath) ?? scenarioSchema;
    const segment = path[length - 1] ?? '';
    if (childSchema(parent, segment) !== undefined) continue;
    const name = showPath(parentPath);
    if (isList(parent)) {
      const message =
        typeof segment === 'number'
          ? `${name} has no entry ${segment}; they count from 0`
          : `${name} is a list: its entries are ${name}.0, ${name}.1 and so on`;
      return { path, at: 'key', message, suggestion: `${name}.0` };
    }
    const inner = bare(parent);
    if (inner instanceof z.ZodRecord && !(inner.keyType instanceof z.ZodEnum)) {
      const why = z.safeParse(inner.keyType, String(segment)).error?.issues[0]?.message;
      return { path, at: 'key', message: `${showPath(path)} ${why ?? 'is not a key here'}` };
    }
    if (!isMapping(parent))
      return { path, at: 'key', message: `${name} has no keys: it is a single value`, suggestion: name };
    return unknownKey(path, 'set');
  }
  return undefined;
}

/**
 * `data` with the settings applied in their order. A null removes a key that may be left out. `data` itself is not
 * changed.
 */
export function applySettings(
  data: unknown,
  settings: readonly Setting[],
): { data: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  let result = data;
  for (const setting of settings) {
    const gap = (list: Path, length: number) => {
      const name = showPath(list);
      const entries = `${length} ${length === 1 ? 'entry' : 'entries'}`;
      problems.push({
        location: setting.locate(setting.path, 'key'),
        path: showPath(setting.path),
        message: `${name} has ${entries}, so the next one is ${name}.${length}`,
        suggestion: `${name}.${length}`,
      });
    };
    result = assign(result, setting.path, 0, setting.value, gap);
  }
  return { data: result, problems };
}

/** Whether a key may be left out and has no default, so that null removes it. */
function isOptional(path: Path): boolean {
  return schemaAt(path) instanceof z.ZodOptional;
}

type Gap = (list: Path, length: number) => void;

function assign(target: unknown, path: Path, depth: number, value: unknown, gap: Gap): unknown {
  const segment = path[depth];
  if (segment === undefined) return value;
  const here = path.slice(0, depth);
  if (isList(schemaAt(here))) {
    // A value that should be a list and is none stays as it is: the schema reports it.
    if (target !== undefined && !Array.isArray(target)) return target;
    const list: unknown[] = [...((target as unknown[] | undefined) ?? [])];
    if (Number(segment) > list.length) {
      gap(here, list.length);
      return target;
    }
    list[Number(segment)] = assign(list[Number(segment)], path, depth + 1, value, gap);
    return list;
  }
  if (target !== undefined && !isPlainObject(target)) return target;
  if (value === null && depth === path.length - 1 && isOptional(path))
    return Object.fromEntries(Object.entries(target ?? {}).filter(([key]) => key !== segment));
  return { ...target, [segment]: assign(target?.[segment], path, depth + 1, value, gap) };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
