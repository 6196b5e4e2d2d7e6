import { join } from 'node:path';
import { outcomeLook, outcomeWord, type Outcome } from '../../compare/outcome-words.js';
import { secondsTaken } from '../../report/words/took.js';
import { caseAnswers } from '../../suite/answer.js';
import { suiteLook, suiteName, suiteSentence, suiteWord } from '../../suite/headline.js';
import { shownLook } from '../../suite/html/light.js';
import { meaningOf } from '../../results/run-outcome.js';
import { seriesName } from '../names.js';
import type { FoundSuite } from '../stored/read-history.js';
import type { TrendFigures, TrendGroup } from '../trend-schema.js';

/** What a directory holds, as one list: runs, suites, searches for a rate, and comparisons. */

export type Kind = 'run' | 'suite' | 'find-limit' | 'comparison';

export interface ListEntry {
  kind: Kind;
  /** The scenario with its settings, or the name of the suite; of a comparison, what was compared. */
  name: string;
  link: string | null;
  /** UTC, ISO 8601. */
  startedAt: string;
  seconds: number | null;
  /** The outcome in a word, and its colour. */
  word: string;
  look: 'pass' | 'fail' | 'inconclusive' | 'neutral';
  /** The figures of a run, by case. Empty for what is no run, and for a run that could not be made. */
  figures: readonly TrendFigures[];
  /** What the reader should know first. Empty where all is well. */
  worst: string;
  /** The name of the suite that the run is a part of. */
  partOf: string | null;
}

/** A stored comparison of a run or suite with its baseline. */
export interface FoundComparison extends Outcome {
  /** The directory of the run or suite. */
  directory: string;
  link: string;
  worst: string;
}

export interface Listed {
  groups: readonly TrendGroup[];
  suites: readonly FoundSuite[];
  comparisons: readonly FoundComparison[];
}

/** Everything that was found, the newest first. A suite comes before its runs, and a run before its comparison. */
export function entriesOf({ groups, suites, comparisons }: Listed): ListEntry[] {
  const runs = groups.flatMap((group) =>
    group.runs.map((run) => ({ directory: run.directory, entry: runEntry(group, run) })),
  );
  const whole = suites.map((one) => ({ directory: one.directory, entry: suiteEntry(one) }));
  const newestFirst = <T extends { entry: ListEntry }>(all: readonly T[]) =>
    [...all].sort((a, b) => (a.entry.startedAt < b.entry.startedAt ? 1 : -1));
  const suiteOf = memberships(suites);
  const members = new Map<string, typeof runs>();
  const alone: typeof runs = [];
  for (const run of runs) {
    const suite = suiteOf.get(run.directory);
    if (suite === undefined) alone.push(run);
    else members.set(suite, [...(members.get(suite) ?? []), run]);
  }
  const compared = new Map(comparisons.map((one) => [one.directory, one]));
  const withCompared = ({ directory, entry }: (typeof runs)[number]) => {
    const one = compared.get(directory);
    return one === undefined ? [entry] : [entry, comparisonEntry(one, entry)];
  };
  return newestFirst([...alone, ...whole]).flatMap((top) => [
    ...withCompared(top),
    ...newestFirst(members.get(top.directory) ?? [])
      .flatMap(withCompared)
      .map((entry) => ({ ...entry, partOf: top.entry.name })),
  ]);
}

/** The directory of the suite of each run. A run that merely lies in the directory of a suite is no part of it. */
function memberships(suites: readonly FoundSuite[]): ReadonlyMap<string, string> {
  return new Map(
    suites.flatMap(({ directory, suite }) =>
      suite.runs.map((run): [string, string] => [join(directory, run.directory), directory]),
    ),
  );
}

function runEntry(group: TrendGroup, run: TrendGroup['runs'][number]): ListEntry {
  const { link, startedAt, seconds, outcome, figures, why } = run;
  const name = seriesName(group);
  const shown = { word: meaningOf(outcome).word, look: shownLook(outcome) };
  return { kind: 'run', name, link, startedAt, seconds, ...shown, figures, worst: why, partOf: null };
}

function suiteEntry({ link, suite }: FoundSuite): ListEntry {
  const name = suiteName(suite);
  const sentence = suiteSentence(suite);
  const found = caseAnswers(suite);
  return {
    kind: suite.limit === undefined ? 'suite' : 'find-limit',
    name,
    link,
    startedAt: suite.startedAt,
    seconds: secondsTaken(suite.startedAt, suite.finishedAt),
    word: suiteWord(suite),
    look: suiteLook(suite),
    figures: [],
    // The name of the suite is in a column of its own. Of a search, the list has room for what it found alone.
    worst:
      found.length > 0
        ? found.join('; ')
        : sentence.startsWith(`${name}, `)
          ? sentence.slice(name.length + 2)
          : sentence,
    partOf: null,
  };
}

function comparisonEntry({ link, worst, ...outcome }: FoundComparison, of: ListEntry): ListEntry {
  const shown = { word: outcomeWord(outcome), look: outcomeLook(outcome) };
  return { ...of, kind: 'comparison', link, ...shown, worst, seconds: null, figures: [] };
}
