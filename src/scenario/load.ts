import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../errors.js';
import { findScenario, readScenarioText, scenarioNames, type ScenarioFile } from './catalogue.js';
import { readNamedList, type NamedList } from './client-list/named-list.js';
import { findContradictions } from './rules/consistency.js';
import { parseWhole, resolvedText } from './extends.js';
import type { SourceDocument } from './language/document.js';
import { explainAll } from './language/explain.js';
import { showPath, type Path } from './language/paths.js';
import { ScenarioError, throwIfAny, type Finding, type Location, type Problem } from './language/problems.js';
import { oneServerANode, scenarioSchema, serversOf, type Scenario } from './schema.js';
import {
  applySettings,
  isPlainObject,
  readQuick,
  readSet,
  type Read,
  type Setting,
} from './language/settings.js';

export interface LoadOptions {
  /** Arguments of `--set`, `path=value`. A later one overrides earlier ones and `quick:`. */
  readonly set?: readonly string[];
  /** Whether to apply the file's `quick:` settings; false by default. */
  readonly quick?: boolean;
  /** The changes of a suite, applied after `quick:` and before `--set`. */
  readonly suite?: Read;
}

export interface LoadedScenario {
  /** The scenario with every default filled in, `servers` included. */
  readonly scenario: Scenario;
  /** The file's absolute path, and its text; for one that builds on others, the text with all of it. */
  readonly source: { readonly path: string; readonly text: string };
  /** The list of clients that the scenario names; absent where it names none. */
  readonly list?: NamedList;
  /** The changes against the file, in the order in which they were applied. */
  readonly settings: readonly AppliedSetting[];
  /**
   * Refuses the scenario for findings that only show once it is about to be run.
   * @throws ScenarioError where there is any finding, each with the place where its value was written
   */
  readonly refuse: (findings: readonly Finding[]) => void;
}

export interface AppliedSetting {
  readonly from: Setting['from'];
  readonly path: string;
  readonly value: unknown;
}

/**
 * Loads and checks a scenario: first the file by itself, then with its `quick:` block, whether or not that is used,
 * then with the settings of `quick` and `set`.
 *
 * @param nameOrPath a scenario of the package (`staggered`), or a file (`./mine.yaml`)
 * @throws ScenarioError (code `SCENARIO`), one for all problems, each with file, line and column or the `--set`
 *   argument
 * @example
 * const { scenario } = loadScenario('published-galera', { set: ['load.ratePerServer=5'] });
 */
export function loadScenario(nameOrPath: string, options: LoadOptions = {}): LoadedScenario {
  const found = findScenario(nameOrPath);
  return loadScenarioText(found, readScenarioText(found), options);
}

/** As {@link loadScenario}, for a file that has been read. */
export function loadScenarioText(
  found: ScenarioFile,
  text: string,
  { set = [], quick: isQuick = false, suite }: LoadOptions,
): LoadedScenario {
  const document = parseWhole(found, text);
  requireMapping(document, found.file);

  const quick = readQuick(document);
  const base = check(document.data, [], document);
  const start = base.scenario ?? document.data;
  const withQuick = check(start, quick.settings, document);
  throwIfAny([...base.problems, ...quick.problems, ...withQuick.problems]);

  const reads = [...(suite === undefined ? [] : [suite]), ...set.map(readSet)];
  const settings = [...(isQuick ? quick.settings : []), ...reads.flatMap((read) => read.settings)];
  // Without settings it is the file by itself, which has been checked.
  const { scenario, problems } = settings.length === 0 ? base : check(start, settings, document);
  throwIfAny(inOrderOf(set, [...reads.flatMap((read) => read.problems), ...problems]));
  // Without a scenario there are always problems, so this line is never reached; TypeScript can't know that.
  if (scenario === undefined)
    throw new HarnessError('INTERNAL', `${found.file} was refused without a reason`);

  const isSet = settings.some(({ from, path }) => from === '--set' && showPath(path) === 'load.clientsFrom');
  // A key that is inherited counts from the file that states it.
  const stated = document.locate(['load', 'clientsFrom'], 'value');
  const statedIn = 'file' in stated ? resolve(stated.file) : found.path;
  const list = readNamedList(scenario, isSet ? process.cwd() : dirname(statedIn));
  return {
    scenario: { ...scenario, servers: [...serversOf(scenario)] },
    ...(list === undefined ? {} : { list }),
    source: { path: found.path, text: document.bases.length === 0 ? text : resolvedText(found, document) },
    settings: settings.map(({ from, path, value }) => ({ from, path: showPath(path), value })),
    refuse: (findings) => throwIfAny(findings.map((finding) => problemOf(finding, settings, document))),
  };
}

/** The package's scenarios, loaded, sorted by name. */
export function loadCatalogue(): Scenario[] {
  return scenarioNames().map((name) => loadScenario(name).scenario);
}

function requireMapping(document: SourceDocument, file: string): void {
  if (isPlainObject(document.data)) return;
  const isEmpty = document.data === undefined || document.data === null;
  throw new ScenarioError([
    {
      location: isEmpty ? { file, line: 1, column: 1 } : document.locate([], 'value'),
      path: '',
      message: isEmpty ? 'the file is empty' : 'a scenario must be a mapping of keys to values',
      hint: 'start from a copy of scenarios/published-galera.yaml',
    },
  ]);
}

/**
 * Applies the settings to `data` and checks the result. With settings, only problems that they have a part in are
 * returned.
 */
function check(
  data: unknown,
  settings: readonly Setting[],
  document: SourceDocument,
): { scenario: Scenario | undefined; problems: Problem[] } {
  const applied = applySettings(withServers(data, settings), settings);
  const parsed = scenarioSchema.safeParse(applied.data);
  const findings = parsed.success
    ? findContradictions(parsed.data)
    : explainAll(parsed.error.issues, applied.data);
  const inFile = settings.length === 0;
  const problems = findings
    .filter((finding) => inFile || settings.some((one) => hasPart(one, finding)))
    .map((finding) => problemOf(finding, settings, document));
  return { scenario: parsed.success ? parsed.data : undefined, problems: [...applied.problems, ...problems] };
}

/** Locates a finding: where the last setting that has a part in it was written, else in the file. */
function problemOf(
  finding: Finding,
  settings: readonly Setting[],
  document: Pick<SourceDocument, 'locate'>,
): Problem {
  const { path, at, offset, message, suggestion, hint } = finding;
  const setting = settings.findLast((one) => hasPart(one, finding));
  const location: Location = (setting ?? document).locate(path, at, offset);
  return { location, path: showPath(path), message, suggestion, hint };
}

function hasPart(setting: Setting, finding: Finding): boolean {
  return [finding.path, ...(finding.related ?? [])].some(
    (path) => startsWith(path, setting.path) || startsWith(setting.path, path),
  );
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((segment, index) => String(path[index]) === String(segment));
}

/** Adds the default servers to a file without `servers`, if a setting changes one server. */
function withServers(data: unknown, settings: readonly Setting[]): unknown {
  if (!isPlainObject(data) || data['servers'] !== undefined) return data;
  if (!settings.some(({ path }) => path[0] === 'servers' && path.length > 1)) return data;
  const { data: cluster } = applySettings(
    { cluster: data['cluster'] },
    settings.filter(({ path }) => path[0] === 'cluster'),
  );
  const parsed = z.object({ cluster: scenarioSchema.shape.cluster }).safeParse(cluster);
  return parsed.success ? { ...data, servers: oneServerANode(parsed.data.cluster.nodes) } : data;
}

/** Sorts problems by the order of the arguments; problems that concern no argument come last. */
function inOrderOf(args: readonly string[], problems: readonly Problem[]): Problem[] {
  const rank = ({ location }: Problem) => ('set' in location ? args.indexOf(location.set) : args.length);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}
