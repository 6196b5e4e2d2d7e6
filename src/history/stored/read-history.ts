import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { isThere, kindAt } from '../../files/entries.js';
import { readJsonOf } from '../../files/regular-file.js';
import { whyNot } from '../../files/why-not.js';
import type { Suite } from '../../report/suite-result.js';
import type { FoundRun, ToldRun } from '../groups.js';
import { currentResult } from '../../report/result/older-results.js';
import { leanResultSchema, type LeanResult } from '../lean-result.js';
import { refuseFile } from '../../store/not-a-run.js';
import { readFacts, REPLACED_FILE, STORED, type StoredFacts } from '../../store/stored-files.js';
import { storedSuite, SUITE } from '../../store/stored-suite.js';
import { REPORT_FILES } from '../../store/write-reports.js';
import { ownCommand } from '../../tool.js';

export interface History {
  runs: FoundRun[];
  /** Directories that hold no run, or a damaged one. */
  passedOver: { path: string; why: string }[];
}

/**
 * Every run and suite below a directory, however deep, except those of find-limit. Links are not followed, so that
 * `latest` is not counted twice. Of a run only `result.json` is read, or `run.json` where `suite.json` has its
 * outcome.
 * Errors: SOURCE where the directory can't be read.
 *
 * @param page where the page with links to the runs will be
 */
export function readHistory(directory: string, page: string): History {
  const root = resolve(directory);
  requireDirectory(root, directory);
  const reader = new HistoryReader(dirname(resolve(page)));
  if (!reader.read(root)) reader.passOver(root, 'no run was found in it');
  return { runs: reader.runs, passedOver: reader.passedOver };
}

function requireDirectory(path: string, shown: string): void {
  refuseFile(shown);
  let why = 'it is not a directory';
  try {
    const kind = kindAt(path);
    if (kind === 'directory') return;
    if (kind === undefined) why = 'it does not exist';
  } catch (error) {
    why = messageOf(error);
  }
  throw new HarnessError('SOURCE', `${shown} can't be read as a history: ${why}`, {
    hint: 'name the directory that holds the runs, such as reports',
  });
}

/** Directories that hold copies of results, and no runs. */
const NOT_RUNS = ['baselines'];

class HistoryReader {
  readonly runs: FoundRun[] = [];
  readonly passedOver: History['passedOver'] = [];
  readonly #from: string;
  /** Runs without a result of their own, whose outcome stands in `suite.json`. */
  readonly #listed = new Set<string>();
  /** Tries of a suite's run that a further try has replaced. */
  readonly #replaced = new Set<string>();

  constructor(from: string) {
    this.#from = from;
  }

  passOver(path: string, why: string): void {
    this.passedOver.push({ path, why });
  }

  /** @returns whether the directory is a run, even a damaged one, or has a run in it */
  read(directory: string): boolean {
    const entries = this.#entriesOf(directory);
    if (entries === undefined) return true;
    const has = (name: string) => entries.some((entry) => entry.name === name);
    if (has(STORED.result) || has(STORED.facts)) {
      if (!has(REPLACED_FILE) && !this.#replaced.has(directory)) this.#readRun(directory, has(STORED.result));
      return true;
    }
    const suite = has(SUITE) ? this.#readSuite(directory) : undefined;
    // find-limit tries rates until one is too high, so its runs form no history.
    if (suite !== undefined && suite !== 'damaged' && suite.limit !== undefined) return true;
    const isSuite = suite !== undefined;
    const below = entries.filter((entry) => entry.isDirectory() && !NOT_RUNS.includes(entry.name));
    const strangers = below.map(({ name }) => join(directory, name)).filter((path) => !this.read(path));
    if (!isSuite && strangers.length === below.length) return false;
    // In a suite, a directory without a run is what is left of a run that could not be made. `suite.json` has its
    // outcome.
    if (!isSuite) for (const path of strangers) this.passOver(path, 'no run is in it');
    return true;
  }

  #entriesOf(directory: string): Dirent[] | undefined {
    try {
      return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.passOver(directory, whyNot(error));
      return undefined;
    }
  }

  #readRun(directory: string, hasResult: boolean): void {
    if (!hasResult && this.#listed.has(directory)) return;
    if (!hasResult) {
      this.passOver(
        directory,
        `has no result.json: the run is under way or was killed; \`${ownCommand('analyze')}\` judges it`,
      );
      return;
    }
    let result: LeanResult;
    try {
      result = leanResult(join(directory, STORED.result));
    } catch (error) {
      this.passOver(directory, messageOf(error));
      return;
    }
    if (result.startedAt === null) {
      this.passOver(directory, 'has no start time');
      return;
    }
    this.runs.push({
      directory,
      link: this.#linkTo(directory),
      scenario: result.scenario.name,
      startedAt: result.startedAt,
      outcome: result.outcome,
      told: result,
      result,
      why: '',
    });
  }

  /** Adds the suite's runs that left no result of their own. Undefined where the directory is no suite after all. */
  #readSuite(directory: string): Suite | 'damaged' | undefined {
    let suite: Suite | undefined;
    try {
      suite = storedSuite(directory);
    } catch (error) {
      this.passOver(directory, messageOf(error));
      return 'damaged';
    }
    if (suite === undefined || suite.limit !== undefined) return suite;
    for (const tried of suite.runs.flatMap(({ tries = [] }) => tries.slice(0, -1)))
      this.#replaced.add(join(directory, tried.directory));
    const missing = suite.runs.filter((run) => !isThere(join(directory, run.directory, STORED.result)));
    for (const { scenario, outcome, directory: name, failure } of missing) {
      const path = join(directory, name);
      this.#listed.add(path);
      const facts = toldFacts(path);
      this.runs.push({
        directory: path,
        link: this.#linkTo(directory),
        scenario,
        startedAt: facts?.startedAt ?? suite.startedAt,
        outcome,
        told: facts?.told,
        result: undefined,
        why: failure ? `${failure.code}: ${failure.message}` : '',
      });
    }
    return suite;
  }

  #linkTo(directory: string): string {
    const page = join(directory, REPORT_FILES.html);
    const path = relative(this.#from, existsSync(page) ? page : directory);
    return path.split('/').map(encodeURIComponent).join('/');
  }
}

/** What a run without a result wrote to `run.json` before it failed; undefined where it failed before that. */
function toldFacts(directory: string): { startedAt: string; told: ToldRun } | undefined {
  let facts: StoredFacts;
  try {
    facts = readFacts(directory);
  } catch {
    return undefined;
  }
  const { startedAt, seed, argv, tool, scenario } = facts;
  const told = { name: scenario.name, effective: { ...scenario }, seed, argv: [...argv] };
  return { startedAt, told: { scenario: told, tool, environment: null, source: null } };
}

/** Errors: those of the file system; SOURCE. */
function leanResult(path: string): LeanResult {
  let value: unknown;
  try {
    value = readJsonOf(path);
  } catch (error) {
    throw new HarnessError('SOURCE', `${basename(path)} can't be read: ${messageOf(error)}`);
  }
  const { data, error } = leanResultSchema.safeParse(currentResult(value));
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new HarnessError(
    'SOURCE',
    `${basename(path)} is damaged, or not of this program: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}
