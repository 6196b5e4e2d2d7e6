import { readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { isThere, kindAt } from '../../files/entries.js';
import { whyNot } from '../../files/why-not.js';
import type { Suite } from '../../report/suite-result.js';
import type { FoundRun } from '../groups.js';
import type { LeanResult } from '../lean-result.js';
import { leanResult, toldFacts } from './lean-stored.js';
import { refuseFile } from '../../store/not-a-run.js';
import { REPLACED_FILE, STORED } from '../../store/stored-files.js';
import { storedSuite, SUITE } from '../../store/stored-suite.js';
import { linkTo, linkToRun } from '../../store/links.js';
import { ownCommand } from '../../tool.js';

/** A stored suite, also that of a search for a rate. */
export interface FoundSuite {
  directory: string;
  link: string;
  suite: Suite;
}

export interface History {
  runs: FoundRun[];
  suites: FoundSuite[];
  /** HTML files beside the directories of runs, such as the page of a history. */
  pages: string[];
  /** Directories that hold no run, or a damaged one. */
  passedOver: { path: string; why: string }[];
}

/**
 * Every run and suite below a directory, however deep, except the runs of find-limit. Links are not followed, so that
 * `latest` is not counted twice. Of a run only `result.json` is read, or `run.json` where `suite.json` has its
 * outcome.
 * Errors: SOURCE where the directory can't be read.
 *
 * @param page where the page with links to the runs will be
 */
export function readHistory(directory: string, page: string): History {
  const root = resolve(directory);
  requireDirectory(root, directory);
  const reader = new HistoryReader(root, dirname(resolve(page)));
  if (!reader.read(root)) reader.passOver(root, 'no run was found in it');
  const { runs, suites, pages, passedOver } = reader;
  return { runs, suites, pages, passedOver };
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
  readonly suites: FoundSuite[] = [];
  readonly pages: string[] = [];
  readonly passedOver: History['passedOver'] = [];
  readonly #root: string;
  /** The directory of the page that has the links. */
  readonly #from: string;
  /** Runs without a result of their own, whose outcome stands in `suite.json`. */
  readonly #listed = new Set<string>();
  /** Tries of a suite's run that a further try has replaced. */
  readonly #replaced = new Set<string>();

  constructor(root: string, from: string) {
    this.#root = root;
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
    if (!isSuite) {
      const pages = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
      this.pages.push(...pages.map(({ name }) => join(directory, name)));
    }
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
      name: this.#nameOf(directory),
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
    if (suite === undefined) return undefined;
    this.suites.push({ directory, link: this.#linkTo(directory), suite });
    if (suite.limit !== undefined) return suite;
    for (const tried of suite.runs.flatMap(({ tries = [] }) => tries.slice(0, -1)))
      this.#replaced.add(join(directory, tried.directory));
    const missing = suite.runs.filter((run) => !isThere(join(directory, run.directory, STORED.result)));
    for (const { scenario, outcome, directory: name, failure } of missing) {
      const path = join(directory, name);
      this.#listed.add(path);
      const facts = toldFacts(path);
      this.runs.push({
        directory: path,
        name: this.#nameOf(path),
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
    return linkToRun(this.#from, directory) ?? linkTo(this.#from, directory);
  }

  /** The path below the directory that is searched. */
  #nameOf(directory: string): string {
    return relative(this.#root, directory) || basename(directory);
  }
}
