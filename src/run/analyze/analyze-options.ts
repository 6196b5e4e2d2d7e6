import { HarnessError } from '../../errors.js';
import type { CaptureOptions } from '../../observations/import/capture/import.js';
import type { PerfdhcpOptions } from '../../observations/import/perfdhcp/import.js';
import type { SourceKind } from '../../observations/import/source-kind.js';
import type { JudgingOptions } from './imported-source.js';

export interface AnalyzeOptions extends PerfdhcpOptions, CaptureOptions, JudgingOptions {
  /** The cases to judge of a source that others recorded; see `chosenCases`. All by default. */
  cases?: readonly string[] | undefined;
}

export const SOURCE_WORDS: Readonly<Record<SourceKind, string>> = {
  run: 'a run directory',
  perfdhcp: 'a perfdhcp log',
  capture: 'a capture',
};

interface Meant {
  flag: string;
  kinds: readonly SourceKind[];
  what: string;
}

const OF_CAPTURES = { kinds: ['capture'], what: 'a capture' } as const;

/** `unpacked` is no option of the command line: it holds the content of compressed sources. */
type OptionName = Exclude<keyof AnalyzeOptions, 'unpacked'>;

/**
 * The kinds of source that each option is for. Any other kind refuses the option, as it would change nothing there.
 */
const MEANT_FOR: Readonly<Record<OptionName, Meant>> = {
  prefixLength: { flag: '--prefix-length', kinds: ['perfdhcp'], what: 'perfdhcp logs' },
  ports: { flag: '--port', ...OF_CAPTURES },
  partial: { flag: '--partial', ...OF_CAPTURES },
  vlans: { flag: '--vlans', ...OF_CAPTURES },
  matchClientId: { flag: '--match-client-id', ...OF_CAPTURES },
  cases: { flag: '--case', kinds: ['perfdhcp', 'capture'], what: 'captures and perfdhcp logs' },
  // perfdhcp sends no DECLINE.
  declinedForS: { flag: '--declined-for', ...OF_CAPTURES },
};

/** Errors: USAGE for a given option that is not for this kind of source. */
export function requireFitting(options: AnalyzeOptions, kind: SourceKind): void {
  for (const name of Object.keys(MEANT_FOR) as OptionName[]) {
    const { flag, kinds, what } = MEANT_FOR[name];
    if (!isGiven(name, options[name]) || kinds.includes(kind)) continue;
    throw new HarnessError('USAGE', `${flag} is for ${what}, and this is ${SOURCE_WORDS[kind]}`, {
      hint:
        kind === 'run'
          ? `a run directory is always judged as a whole: leave ${flag} out`
          : `leave ${flag} out`,
    });
  }
}

function isGiven(name: OptionName, value: AnalyzeOptions[OptionName]): boolean {
  if (name === 'partial') return value === true;
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
