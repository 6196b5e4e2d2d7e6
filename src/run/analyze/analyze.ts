import { HarnessError } from '../../errors.js';
import { importPerfdhcp } from '../../observations/import/perfdhcp/import.js';
import { importCapture } from '../../observations/import/capture/import.js';
import { chosenCases } from '../../observations/import/chosen-cases.js';
import type { Imported } from '../../observations/import/imported.js';
import { sourceKind, type SourceKind } from '../../observations/import/source-kind.js';
import { ofCases } from '../../report/result/of-cases.js';
import { outcomeAndCode } from '../../report/result/outcome.js';
import type { Result } from '../../results/result.js';
import { shellWords } from '../../terminal/shell-words.js';
import { requireFitting, SOURCE_WORDS, type AnalyzeOptions } from './analyze-options.js';
import { judgeImported } from './imported-source.js';
import { judgeStoredRun } from '../../store/stored-run.js';
import { readSuite } from '../../store/stored-suite.js';

export interface Analyzed {
  result: Result;
  /** The exit code of the judgement made now. */
  exitCode: number;
  /** Empty for a source that others recorded. */
  runDirectory: string;
  /** Of a source that others recorded: what was judged. */
  recording?: Recording;
}

/** The observations of the judged cases; `hasTimes` says whether their times are real ones. */
export interface Recording extends Pick<Imported, 'layout' | 'observations'> {
  hasTimes: boolean;
}

/**
 * Judges sources again, without changing them. Run directories are judged one by one. Of a suite, every run that was
 * made is judged. All perfdhcp logs are judged together. One capture is judged at a time.
 * Errors: SOURCE where the sources are of different kinds, or where one of them can't be judged; USAGE where an
 * option is not for this kind of source, or where the source lacks a chosen case.
 */
export function analyze(
  sources: readonly string[],
  argv: readonly string[],
  options: AnalyzeOptions = {},
): Analyzed[] {
  const kinds = sources.map(sourceKind);
  const [kind, ...others] = new Set(kinds);
  if (kind === undefined) {
    throw new HarnessError('USAGE', 'no source is named', {
      hint: 'name a file or a directory; store piped input in a file first',
    });
  }
  if (others.length > 0) throw mixed(sources, kinds);
  requireFitting(options, kind);
  const { cases = [] } = options;
  const judged = (imported: Imported) => {
    const all = imported.layout.cases.map(({ name }) => name);
    const chosen = chosenCases(all, cases);
    const result = ofCases(judgeImported(imported, argv, options), chosen);
    return [{ ...notOurs(result), recording: recordingOf(imported, chosen) }];
  };
  switch (kind) {
    case 'run':
      return sources.flatMap(judgedDirectory);
    case 'perfdhcp':
      return judged(importPerfdhcp(sources, options));
    case 'capture': {
      const [path = '', ...more] = sources;
      if (more.length > 0) {
        throw new HarnessError('SOURCE', 'only one capture can be judged at a time', {
          hint: `join the captures in order of time first: ${shellWords(['mergecap', '-w', 'all.pcapng', ...sources])}`,
        });
      }
      return judged(importCapture(path, options));
    }
  }
}

function judgedDirectory(directory: string): Analyzed[] {
  const suite = readSuite(directory);
  if (suite === undefined) {
    return [judgedRun(directory)];
  }
  const runs = suite.filter(({ wasRun }) => wasRun);
  if (runs.length === 0) {
    throw new HarnessError('SOURCE', `no run of the suite ${directory} has a result`, {
      hint: 'suite.json and the run.log of each run say why',
    });
  }
  return runs.map((run) => judgedRun(run.directory));
}

/**
 * The stored exit code may be that of a signal. This exit code follows from the judgement of what the run stored
 * until then.
 */
function judgedRun(directory: string): Analyzed {
  const result = judgeStoredRun(directory);
  return { result, exitCode: outcomeAndCode(result).exitCode, runDirectory: directory };
}

function notOurs(result: Result): Analyzed {
  return { result, exitCode: result.exitCode, runDirectory: '' };
}

function recordingOf({ layout, observations, untold }: Imported, chosen: readonly string[]): Recording {
  const isChosen = layout.cases.map(({ name }) => chosen.includes(name));
  return {
    layout,
    *observations() {
      for (const one of observations()) if (isChosen[one.caseIndex] === true) yield one;
    },
    hasTimes: !untold.includes('times'),
  };
}

function mixed(sources: readonly string[], kinds: readonly SourceKind[]): HarnessError {
  const each = sources.map((source, i) => `${source} is ${SOURCE_WORDS[kinds[i] ?? 'run']}`);
  return new HarnessError('SOURCE', `sources of different kinds: ${each.join(', ')}`, {
    hint: 'judge each kind by itself',
  });
}
