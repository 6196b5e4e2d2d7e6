import { dirname, isAbsolute, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { findScenario, isPath, readScenarioText, suiteNames, type ScenarioFile } from './catalogue.js';
import { parseDocument, type SourceDocument } from './language/document.js';
import { isPlainObject } from './language/settings.js';
import { ScenarioError, type Location, type Problem } from './language/problems.js';
import type { Path } from './language/paths.js';
import { isSuite } from './suites/is-suite.js';

/** Names the scenario that a scenario builds on. */
const KEY = 'extends';

/** A scenario file with what it builds on. */
export interface WholeDocument extends SourceDocument {
  /** The files that it builds on, the nearest first; empty for most scenarios. */
  readonly bases: readonly ScenarioFile[];
}

/**
 * Reads a scenario together with the scenarios that it builds on. Mappings merge, `quick:` too; lists and single values
 * replace; null removes a key.
 *
 * @throws ScenarioError at the `extends` that names itself, a suite, a file that can't be read, or one that comes back to
 *   a scenario before it; for invalid YAML in any of the files
 */
export function parseWhole(found: ScenarioFile, text: string, before: readonly string[] = []): WholeDocument {
  const own = parseDocument(text, (line, column) => ({ file: found.file, line, column }));
  if (!isPlainObject(own.data) || own.data[KEY] === undefined || own.data[KEY] === null)
    return { ...own, bases: [] };
  const { [KEY]: named, ...data } = own.data;
  // The schema refuses a name that is no text.
  if (typeof named !== 'string') return { ...own, bases: [] };
  const at = own.locate([KEY], 'value');
  const chain = [...before, found.path];
  const base = orExplained(at, () => baseOf(named, found, chain, at));
  const inherited = isPlainObject(base.document.data) ? base.document.data : {};
  return {
    data: merged(withoutReplaced(inherited, data), data),
    locate: (path, where, offset) =>
      (has(own.data, path) || !has(inherited, path) ? own : base.document).locate(path, where, offset),
    bases: [base.file, ...base.document.bases],
  };
}

function baseOf(
  named: string,
  from: ScenarioFile,
  chain: readonly string[],
  at: Location,
): { file: ScenarioFile; document: WholeDocument } {
  const refuse = (message: string, hint: string): never => {
    throw new ScenarioError([{ location: at, path: KEY, message: `${KEY}: ${message}`, hint }]);
  };
  if (!isPath(named) && suiteNames().includes(named))
    refuse(`${named} is a suite`, 'name a scenario; a suite names its scenario and what its runs change');
  const file = isPath(named)
    ? {
        path: resolve(dirname(from.path), named),
        file: isAbsolute(named) ? named : join(dirname(from.file), named),
      }
    : findScenario(named);
  if (file.path === from.path)
    refuse('a scenario can’t build on itself', 'name another scenario, or leave it out');
  if (chain.includes(file.path))
    refuse(`${named} builds on this scenario, in a circle`, 'let one of them build on nothing');
  const text = readScenarioText(file);
  const document = parseWhole(file, text, chain);
  if (isSuite(document)) refuse(`${named} is a suite`, 'name the scenario that its runs share');
  return { file, document };
}

/** A file that can't be read is told where it is named. */
function orExplained<T>(at: Location, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScenarioError) || 'set' in error.location || error.location.line !== undefined)
      throw error;
    const [{ message, suggestion, hint }] = error.problems;
    const problem: Problem = { location: at, path: KEY, message: `${KEY}: ${message}`, suggestion, hint };
    throw new ScenarioError([problem], { cause: error });
  }
}

/** A scenario with all that it builds on, as the text of one file. */
export function resolvedText({ file }: ScenarioFile, { data, bases }: WholeDocument): string {
  const files = [file, ...bases.map((base) => base.file)].join(', which builds on ');
  return `# ${files}\n${stringify(data, { lineWidth: 0 })}`;
}

type Mapping = Readonly<Record<string, unknown>>;

/** @param isQuick whether null is a value: a quick setting that removes a key, where there is none to be removed */
function merged(base: Mapping, own: Mapping, isQuick = false): Mapping {
  const inherited = Object.entries(base).filter(([key]) => own[key] !== null);
  const stated = Object.entries(own).filter(
    ([key, value]) => value !== null || (isQuick && !Object.hasOwn(base, key)),
  );
  return Object.fromEntries<unknown>([
    ...inherited,
    ...stated.map(([key, value]): [string, unknown] => {
      const before = base[key];
      return [
        key,
        isPlainObject(before) && isPlainObject(value) ? merged(before, value, key === 'quick') : value,
      ];
    }),
  ]);
}

/** Without the quick settings of what a scenario removes, and of lists that it replaces: they mean entries of the old list. */
function withoutReplaced(base: Mapping, own: Mapping): Mapping {
  const { quick } = base;
  if (!isPlainObject(quick)) return base;
  const replaced = replacedBy(own);
  const kept = Object.entries(quick).filter(
    ([path]) => !replaced.some((one) => `${path}.`.startsWith(`${one}.`)),
  );
  return { ...base, quick: Object.fromEntries(kept) };
}

/** The paths of what a scenario removes, and of its lists, such as `published`, `kea.proxy` or `checks`. */
function replacedBy(own: Mapping): string[] {
  return Object.entries(own).flatMap(([key, value]) => {
    if (value === null || Array.isArray(value)) return [key];
    return isPlainObject(value) && key !== 'quick' ? replacedBy(value).map((inner) => `${key}.${inner}`) : [];
  });
}

function has(data: unknown, path: Path): boolean {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return false;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return true;
}
