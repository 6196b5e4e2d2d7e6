import { HarnessError } from '../errors.js';
import { importPerfdhcp, type PerfdhcpOptions } from '../observations/perfdhcp/import.js';
import { importCapture, type CaptureOptions } from '../observations/capture/import.js';
import { sourceKind, type SourceKind } from '../observations/source-kind.js';
import { outcomeAndCode } from '../report/outcome.js';
import type { Result } from '../report/result.js';
import { judgeImported } from './imported-source.js';
import { judgeStoredRun } from './stored-run.js';
import { readSuite } from './stored-suite.js';

export interface Analyzed {
  result: Result;
  /** Of the judgement now made. */
  exitCode: number;
  /** Empty for what others recorded. */
  runDirectory: string;
}

/**
 * Judges sources again, without changing them: run directories one by one, of a suite all that were run, perfdhcp logs
 * all together, a capture.
 * Errors: SOURCE where they are of different kinds, or one of them can't be judged.
 */
export function analyze(
  sources: readonly string[],
  argv: readonly string[],
  options: PerfdhcpOptions & CaptureOptions = {},
): Analyzed[] {
  const kinds = sources.map(sourceKind);
  const [kind, ...others] = new Set(kinds);
  if (kind === undefined || others.length > 0) throw mixed(sources, kinds);
  switch (kind) {
    case 'run':
      return sources.flatMap(judgedDirectory);
    case 'perfdhcp':
      return [notOurs(judgeImported(importPerfdhcp(sources, options), argv))];
    case 'capture': {
      const [path = '', ...more] = sources;
      if (more.length > 0) {
        throw new HarnessError('SOURCE', 'one capture can be judged at a time', {
          hint: `join them in order of time before: mergecap -w all.pcapng ${sources.join(' ')}`,
        });
      }
      return [notOurs(judgeImported(importCapture(path, options), argv))];
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
    throw new HarnessError('SOURCE', `${directory} is a suite none of whose runs came to anything`, {
      hint: 'suite.json and the run.log of each run say why',
    });
  }
  return runs.map((run) => judgedRun(run.directory));
}

/** The run's own code may tell of a signal it got; what is judged now is what it came to until then. */
function judgedRun(directory: string): Analyzed {
  const result = judgeStoredRun(directory);
  return { result, exitCode: outcomeAndCode(result).exitCode, runDirectory: directory };
}

function notOurs(result: Result): Analyzed {
  return { result, exitCode: result.exitCode, runDirectory: '' };
}

const WORDS: Record<SourceKind, string> = {
  run: 'a run directory',
  perfdhcp: 'a perfdhcp log',
  capture: 'a capture',
};

function mixed(sources: readonly string[], kinds: readonly SourceKind[]): HarnessError {
  const each = sources.map((source, i) => `${source} is ${WORDS[kinds[i] ?? 'run']}`);
  return new HarnessError('SOURCE', `sources of different kinds: ${each.join(', ')}`, {
    hint: 'judge each kind by itself',
  });
}
