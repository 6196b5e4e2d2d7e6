import { HarnessError } from '../errors.js';
import { importPerfdhcp, type PerfdhcpOptions } from '../observations/perfdhcp/import.js';
import { importCapture, type CaptureOptions } from '../observations/capture/import.js';
import { sourceKind, type SourceKind } from '../observations/source-kind.js';
import type { Result } from '../report/result.js';
import { judgeImported } from './imported-source.js';
import { judgeStoredRun } from './stored-run.js';

export interface Analyzed {
  result: Result;
  /** Empty for what others recorded. */
  runDirectory: string;
}

/**
 * Judges sources again, without changing them: run directories one by one, perfdhcp logs all together, a capture.
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
      return sources.map((runDirectory) => ({ result: judgeStoredRun(runDirectory), runDirectory }));
    case 'perfdhcp':
      return [{ result: judgeImported(importPerfdhcp(sources, options), argv), runDirectory: '' }];
    case 'capture': {
      const [path = '', ...more] = sources;
      if (more.length > 0) {
        throw new HarnessError('SOURCE', 'one capture can be judged at a time', {
          hint: `join them in order of time before: mergecap -w all.pcapng ${sources.join(' ')}`,
        });
      }
      return [{ result: judgeImported(importCapture(path, options), argv), runDirectory: '' }];
    }
  }
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
