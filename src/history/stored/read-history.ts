import type { Trend } from '../trend-schema.js';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { isThere, kindAt } from '../../files/entries.js';
import type { Suite } from '../../report/suite-result.js';
import type { FoundRun } from '../groups.js';
import type { LeanResult } from '../lean-result.js';
import { leanResult, toldFacts } from './lean-stored.js';
import { Search, type Entries } from './search.js';
import { refuseFile } from '../../store/not-a-run.js';
import { REPLACED_FILE, STORED } from '../../store/stored-files.js';
import { storedSuite, SUITE } from '../../store/stored-suite.js';
import { endOf, ownNameOf, type SuiteMember } from './suite-member.js';
import { linkTo, linkToRun } from '../../store/links.js';
import { ownCommand } from '../../tool.js';

/** A stored suite, also that of a search for a rate. */
export interface FoundSuite {
  directory: string;
  link: string;
  suite: Suite;
}

/** Something that is not listed, and why. */
export type PassedOver = Trend['passedOver'][number];

/** How many runs are rates that find-limit tried. They are in no series. */
export function searchedRates(suites: readonly FoundSuite[]): number {
  const searches = suites.filter(({ suite }) => suite.limit !== undefined);
  return searches.reduce((all, { suite }) => all + suite.runs.length, 0);
}

export interface History {
  runs: FoundRun[];
  suites: FoundSuite[];
  /** HTML files beside the directories of runs, such as the page of a history. */
  pages: string[];
  /** Directories that hold no run, or a damaged one, and links that are not followed. */
  passedOver: PassedOver[];
}

/**
 * Every run and suite below a directory, however deep, also in another run, except the runs of find-limit. A link to a
 * run or suite elsewhere is followed. Each directory is read once, so that `latest` is not counted twice. Of a run only
 * `result.json` is read, or `run.json` where `suite.json` has its outcome. A run whose journal was cut is judged again.
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

/** A directory of this name holds copies of results. Without a run in it, it is nothing that is left out. */
const COPIES = 'baselines';

class HistoryReader {
  readonly runs: FoundRun[] = [];
  readonly suites: FoundSuite[] = [];
  readonly pages: string[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly #root: string;
  /** The directory of the page that has the links. */
  readonly #from: string;
  readonly #search: Search;
  /** Runs without a result of their own, whose outcome stands in `suite.json`. */
  readonly #listed = new Set<string>();
  /** Runs that their suite stands for: tries that a further try has replaced, and the rates of a search. */
  readonly #replaced = new Set<string>();
  /** The runs that a suite names, by their directories. */
  readonly #members = new Map<string, SuiteMember>();

  constructor(root: string, from: string) {
    this.#root = root;
    this.#from = from;
    this.#search = new Search(root, (path, why) => this.passOver(path, why));
  }

  passOver(path: string, why: string): void {
    this.passedOver.push({ path, why });
  }

  /** Passes over a run. Nobody knows how it ended, so a page that leaves it out is not good. */
  #passOverRun(path: string, why: string): void {
    this.passedOver.push({ path, why, isRun: true });
  }

  /** @returns whether the directory is a run, even a damaged one, or has a run in it */
  read(directory: string): boolean {
    const entries = this.#search.entriesOf(directory);
    if (entries === undefined) return true;
    const isRun = entries.has(STORED.result) || entries.has(STORED.facts);
    if (isRun) this.#readRun(directory, entries);
    const isSuite = !isRun && entries.has(SUITE) && this.#readSuite(directory);
    if (!isRun && !isSuite) this.pages.push(...entries.pages);
    const strangers = entries.directories.filter((path) => !this.read(path));
    // A run has directories of its own. In a suite, a directory without a run is what is left of a run that could not
    // be made; `suite.json` has its outcome.
    if (isRun || isSuite) return true;
    if (strangers.length === entries.directories.length) return false;
    for (const path of strangers) if (basename(path) !== COPIES) this.passOver(path, 'no run is in it');
    return true;
  }

  #readRun(directory: string, entries: Entries): void {
    if (entries.has(SUITE))
      this.passOver(
        join(directory, SUITE),
        'it lies in the directory of a run, so it is not listed as a suite',
      );
    if (entries.has(REPLACED_FILE) || this.#replaced.has(directory)) return;
    if (!entries.has(STORED.result)) {
      if (!this.#listed.has(directory))
        this.passOver(
          directory,
          `has no result.json: the run is under way or was killed; \`${ownCommand('analyze')}\` judges it`,
        );
      return;
    }
    let result: LeanResult;
    try {
      result = leanResult(directory);
    } catch (error) {
      this.#passOverRun(directory, messageOf(error));
      return;
    }
    if (result.startedAt === null) {
      this.#passOverRun(directory, 'has no start time');
      return;
    }
    this.runs.push({
      directory,
      name: this.#nameOf(directory),
      link: this.#linkTo(directory),
      scenario: result.scenario.name,
      ownName: ownNameOf(this.#members.get(directory)),
      startedAt: result.startedAt,
      told: result,
      result,
      ...endOf(result, this.#members.get(directory)),
    });
  }

  /**
   * Adds the suite, and those of its runs that left no result of their own.
   *
   * @returns whether the directory is a suite, even a damaged one
   */
  #readSuite(directory: string): boolean {
    let suite: Suite | undefined;
    try {
      suite = storedSuite(directory);
    } catch (error) {
      this.#passOverRun(directory, messageOf(error));
      return true;
    }
    if (suite === undefined) return false;
    this.suites.push({ directory, link: this.#linkTo(directory), suite });
    // find-limit tries rates until one is too high, so its runs form no history.
    const isSearch = suite.limit !== undefined;
    const replaced = suite.runs.flatMap(({ directory: own, tries = [] }) => [
      ...tries.slice(0, -1).map((tried) => tried.directory),
      ...(isSearch ? [own] : []),
    ]);
    for (const own of replaced) this.#replaced.add(join(directory, own));
    if (isSearch) return true;
    for (const run of suite.runs) this.#members.set(join(directory, run.directory), { suite, run });
    const missing = suite.runs.filter((run) => !isThere(join(directory, run.directory, STORED.result)));
    for (const run of missing) {
      const path = join(directory, run.directory);
      this.#listed.add(path);
      const facts = toldFacts(path);
      this.runs.push({
        directory: path,
        name: this.#nameOf(path),
        link: this.#linkTo(directory),
        scenario: run.scenario,
        ownName: ownNameOf({ suite, run }),
        startedAt: facts?.startedAt ?? suite.startedAt,
        outcome: run.outcome,
        told: facts?.told,
        result: undefined,
        why: whyMissing(run, path),
      });
    }
    return true;
  }

  #linkTo(directory: string): string {
    return linkToRun(this.#from, directory) ?? linkTo(this.#from, directory);
  }

  /** The path below the directory that is searched. */
  #nameOf(directory: string): string {
    return relative(this.#root, directory) || basename(directory);
  }
}

/** Why a run of a suite has no result: it could not be made, or was removed since. */
function whyMissing({ verdict, failure }: Suite['runs'][number], path: string): string {
  if (failure) return `${failure.code}: ${failure.message}`;
  if (verdict === null) return '';
  return `${isThere(path) ? 'its result.json' : 'its run directory'} is gone; suite.json has its outcome`;
}
