import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, type Journal } from '../observations/journal/journal.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import { binsOf } from '../report/exchanges/bins.js';
import { Marked } from '../report/exchanges/marked.js';
import { partsOf, type PartRef } from '../report/exchanges/parts.js';
import { RunRequests } from '../report/exchanges/run-requests.js';
import { SeriesIndex } from '../report/exchanges/series.js';
import { timelinePage } from '../report/html/exchanges/timeline-page.js';
import type { WitnessOfCase } from '../report/html/input.js';
import type { Result } from '../results/result.js';
import { replaceFile, writeWhole } from './replace-file.js';
import { cannotWrite } from '../files/cannot-write.js';
import { STORED } from './stored-files.js';
import { unfinishedPath } from './unfinished.js';
import { storedWitnesses, WITNESSES_READ } from './stored-witnesses.js';

/** The page, and the directory of its parts beside it. */
export const TIMELINE = { page: 'timeline.html', parts: 'timeline' } as const;

export interface TimelineRequest {
  /** The run directory. */
  directory: string;
  to: string;
  result: Result;
  /** The anonymiser that was applied to the result. */
  anonymiser: Anonymiser | undefined;
  /** The address of the run's page, if there is one in `to`. */
  report: string | undefined;
}

/**
 * Writes the timeline of a run, from its journal and its witnesses. An existing one is replaced once the new one is
 * complete. Errors: STORAGE; SOURCE where the journal is damaged.
 */
export function writeTimeline({ directory, to, result, anonymiser, report }: TimelineRequest): void {
  const journal = openJournal(join(directory, STORED.journal));
  const other = anonymiser?.journal(journal);
  const witnesses = storedWitnesses(directory, result, WITNESSES_READ, anonymiser);
  const { layout } = other ?? journal;
  const observations = () => other?.observations() ?? journal.passing();
  writeTimelineOf({ layout, observations, witnesses, to, result, report });
}

export interface TimelineOf
  extends Pick<TimelineRequest, 'to' | 'result' | 'report'>, Pick<Journal, 'layout' | 'observations'> {
  witnesses: readonly WitnessOfCase[];
}

/** Writes the timeline of observations that need not be stored. Errors: as `writeTimeline`. */
export function writeTimelineOf({ layout, observations, witnesses, to, result, report }: TimelineOf): void {
  const requests = new RunRequests(layout, observations());
  const marked = new Marked(
    witnesses,
    layout.cases.map(({ name }) => name),
  );
  const series = new SeriesIndex(requests);
  const parts = join(to, TIMELINE.parts);
  const unfinished = unfinishedPath(parts);
  const refs: PartRef[] = [];
  try {
    mkdirSync(unfinished);
    for (const { ref, part } of partsOf(requests, series, marked)) {
      writePart(unfinished, refs.length, part);
      refs.push(ref);
    }
    removeParts(parts);
    renameSync(unfinished, parts);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw cannotWrite(parts, error);
  }
  const bins = binsOf(requests, series, marked);
  const page = timelinePage({ result, requests, series: series.all, bins, parts: refs, witnesses, report });
  replaceFile(join(to, TIMELINE.page), [page]);
}

/** Removes earlier parts. What is nothing but parts may go, and anything else may be somebody's. */
function removeParts(directory: string): void {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  if (stat === undefined) return;
  const strange = stat.isDirectory() ? readdirSync(directory).find((name) => !PART.test(name)) : '';
  if (strange !== undefined)
    throw new Error(`${join(directory, strange)} is no part of a timeline: move it away`);
  rmSync(directory, { recursive: true, force: true });
}

const PART = /^\d{4,}\.js$/;

/** A part is a script: a page that is opened as a file may load scripts, and may fetch nothing. */
function writePart(directory: string, number: number, part: unknown): void {
  const file = openSync(join(directory, `${String(number + 1).padStart(4, '0')}.js`), 'w');
  try {
    writeWhole(file, `timelinePart(${number},${JSON.stringify(part)});\n`);
  } finally {
    closeSync(file);
  }
}
